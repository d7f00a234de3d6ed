package io.bactrian.route;

import io.bactrian.batch.BatchAggregationScenario;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.csv.Chunk;
import io.bactrian.json.Json;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepResult;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a call to a handler in another process; the shapes stand in {@code
 * docs/handlers.md}.
 */
public final class HttpHandler {
  /** Request header: the same for every attempt at the same work. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Catalog catalog;
  private final HttpAnswer answers;

  public HttpHandler(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.answers = new HttpAnswer(clock);
  }

  /** Body in: what a handler receives. Body out: the request as JSON text. */
  public void request(Exchange exchange) {
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    Object body = exchange.getMessage().getBody();
    var request = new LinkedHashMap<String, @Nullable Object>();
    request.put("task_uuid", step.taskUuid().toString());
    request.put("step_uuid", step.uuid().toString());
    request.put("step", step.step());
    request.put("template_step", step.templateStep());
    request.put("attempt", step.attempt());
    request.put("epoch", step.epoch());
    request.put("inputs", step.inputs());
    request.put("context", step.context());
    request.put("dependency_results", dependencyResults(step));
    if (body instanceof List<?> records) {
      step.chunkInWork().ifPresent(chunk -> request.put("first_ordinal", chunk.firstOrdinal()));
      request.put("records", records);
    }
    if (step.lease().type() == StepType.DEFERRED_CONVERGENCE) {
      request.put("fold", body);
    }
    if (exchange.getProperty(Convergence.SCENARIO) instanceof BatchAggregationScenario scenario) {
      request.put("worker_count", scenario.workerCount());
    }
    step.checkpoint().ifPresent(saved -> request.putAll(state(saved)));
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(IDEMPOTENCY_KEY, key(step));
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(Json.write(request).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> state(Checkpoint saved) {
    if (saved.cursor().isEmpty()) {
      return Map.of("partial", saved.partial());
    }
    var checkpoint = new LinkedHashMap<String, Object>();
    checkpoint.put("cursor", saved.cursor().get());
    checkpoint.put("items", saved.read());
    checkpoint.put("accumulated_results", saved.partial());
    return Map.of("checkpoint", checkpoint);
  }

  /** Body in: the response. Body out: the handler's answer, a map. */
  public void answer(Exchange exchange) {
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    Message message = exchange.getMessage();
    message.setBody(answers.read(message, step));
    message.removeHeaders("*");
  }

  /** The results of the steps it depends on directly, workers left out. */
  private Map<String, Object> dependencyResults(RunningStep step) {
    var results = new LinkedHashMap<String, Object>();
    Catalog.Entry entry =
        catalog
            .step(step.routeId())
            .orElseThrow(() -> new PermanentFailure("no template for " + step.step()));
    for (String dependency : entry.step().dependencies()) {
      if (!isWorker(entry.template(), dependency)) {
        Optional<StepResult> result = step.dependencyResults().get(dependency);
        result.ifPresent(found -> results.put(dependency, found.result()));
      }
    }
    return results;
  }

  private static boolean isWorker(TaskTemplate template, String name) {
    return template.step(name).map(s -> s.type() == StepType.BATCH_WORKER).orElse(false);
  }

  /** Names the step, for a chunk also which records: a chunk may be cut otherwise next time. */
  private static String key(RunningStep step) {
    Optional<Chunk> chunk = step.chunkInWork();
    String work =
        chunk
            .map(c -> "%d+%d".formatted(c.firstOrdinal(), c.recordCount()))
            .orElseGet(() -> step.checkpoint().map(c -> "after " + c.read()).orElse("all"));
    String text = "%s/%s/%s".formatted(step.taskUuid(), step.step(), work);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
