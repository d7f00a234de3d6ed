package io.bactrian.route;

import io.bactrian.access.DataRoots;
import io.bactrian.endpoint.TaskHeaders;
import io.bactrian.json.Json;
import io.bactrian.task.InvalidContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Both ends of the HTTP trigger: the request and what is answered. The listener answers failures.
 */
public final class HttpTrigger {
  private static final int ACCEPTED = 202;

  private final DataRoots roots;

  public HttpTrigger(DataRoots roots) {
    this.roots = roots;
  }

  /**
   * Body out: the context.
   *
   * @throws InvalidContext if the body is no JSON object, or names a file outside of the data roots
   */
  public void check(Exchange exchange) {
    Message message = exchange.getMessage();
    String body = message.getBody(String.class);
    Map<String, Object> context = context(body == null || body.isBlank() ? "{}" : body);
    String key = message.getHeader(HttpHandler.IDEMPOTENCY_KEY, String.class);
    message.removeHeaders("*");
    if (key != null && !key.isBlank()) {
      message.setHeader(TaskHeaders.IDEMPOTENCY_KEY, "http/" + key);
    }
    message.setBody(context);
  }

  private Map<String, Object> context(String body) {
    try {
      Map<String, Object> context = Json.readObject(body);
      Optional<String> problem = roots.problem(Json.MAPPER.valueToTree(context));
      if (problem.isPresent()) {
        throw new InvalidContext(List.of(problem.get()));
      }
      return context;
    } catch (IllegalArgumentException e) {
      throw new InvalidContext(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Answers 202 with the task's identity. */
  public void started(Exchange exchange) {
    String task = exchange.getMessage().getHeader(TaskHeaders.TASK_UUID, String.class);
    answer(exchange, ACCEPTED, Map.of("task_uuid", task));
  }

  private static void answer(Exchange exchange, int status, Map<String, Object> body) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(Json.write(body));
  }
}
