package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bactrian.batch.BatchProcessingOutcome;
import io.bactrian.batch.CursorConfig;
import io.bactrian.step.GivenResults;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.StepError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The routes of the step types alone, with handlers of the test. */
final class StepTypeRoutesTest {
  private static final String STANDARD =
      """
      name: demo
      namespace_name: t
      version: "1"
      steps:
        - {name: one, handler: {callable: handler, initialization: {operation: add}}}
      """;
  private static final String BATCHABLE =
      """
      name: demo
      namespace_name: t
      version: "1"
      steps:
        - {name: one, type: batchable, handler: {callable: handler}}
        - {name: work, type: batch_worker, dependencies: [one], handler: {callable: "log:work", initialization: {k: 7}}}
      """;

  private final Harness harness = new Harness(new GivenResults(List.of()));

  /** An answer as a record. */
  record Answer(String word, BigDecimal price) {}

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aHandlerGetsTheInputsAndItsAnswerIsTheResult() throws Exception {
    var bodies = new ArrayList<Object>();
    standard(
        exchange -> {
          bodies.add(exchange.getMessage().getBody());
          exchange.getMessage().setBody(new Answer("x", new BigDecimal("1.50")));
        });

    assertThat(bodies).containsExactly(Map.of("operation", "add"));
    assertThat(harness.completed)
        .containsExactly(Map.of("word", "x", "price", new BigDecimal("1.50")));
  }

  @Test
  void anAnswerMayBeAMapATreeOrNothing() throws Exception {
    var answers =
        new ArrayList<Object>(
            List.of(Map.of("a", 1), JsonNodeFactory.instance.objectNode().put("b", 2)));
    standard(
        exchange -> exchange.getMessage().setBody(answers.isEmpty() ? null : answers.remove(0)));
    harness.run("one", 2, 0);
    harness.run("one", 3, 0);

    assertThat(harness.completed).containsExactly(Map.of("a", 1), Map.of("b", 2), Map.of());
  }

  @Test
  void anAnswerThatIsNoObjectIsAPermanentFailure() throws Exception {
    standard(exchange -> exchange.getMessage().setBody(List.of(1, 2)));

    assertThat(harness.failures).singleElement().extracting(StepError::retryable).isEqualTo(false);
    assertThat(harness.failures.get(0).message())
        .contains("the handler answered ARRAY")
        .contains("allowed: a map");
  }

  @Test
  void causesAreWalkedForWhatAFailureMeans() throws Exception {
    standard(
        exchange -> {
          throw new IllegalStateException("outer", new PermanentFailure("wrong input"));
        });

    assertThat(harness.failures)
        .containsExactly(new StepError("PermanentFailure", "wrong input", false));
  }

  @Test
  void aBatchableStepsOutcomeBecomesWorkers() throws Exception {
    batchable(
        Map.of(
            "batch_processing_outcome",
            BatchProcessingOutcome.createBatches(
                "work",
                List.of(new CursorConfig("001", 1, 3, 2), new CursorConfig("002", 3, 4, 1)),
                3)));

    NewWorkers workers = (NewWorkers) harness.created.get(0);
    assertThat(workers.routeId()).isEqualTo("t/demo/1/work");
    assertThat(workers.workers())
        .extracting(NewWorkers.Worker::name)
        .containsExactly("work_001", "work_002");
    assertThat(workers.workers().get(1).inputs())
        .contains("\"start_cursor\":3")
        .endsWith("\"k\":7}");
  }

  @Test
  void aBatchableStepWithoutOutcomeFailsLoudly() throws Exception {
    batchable(Map.of("total_rows", 7));

    assertThat(harness.completed).isEmpty();
    assertThat(harness.failures.get(0).message()).contains("answered no batch_processing_outcome");
    assertThat(harness.failures.get(0).retryable()).isFalse();
  }

  @Test
  void noBatchesCreatesNothing() throws Exception {
    batchable(Map.of("batch_processing_outcome", BatchProcessingOutcome.noBatches()));

    assertThat(harness.created).containsExactly(NewWorkers.NONE);
  }

  private void standard(Processor handler) throws Exception {
    handler(handler);
    harness.start(STANDARD, "step-types/standard.camel.yaml").run("one", 1, 0);
  }

  private void batchable(Object answer) throws Exception {
    handler(exchange -> exchange.getMessage().setBody(answer));
    harness
        .start(
            BATCHABLE,
            "step-types/batchable.camel.yaml",
            "step-types/batch-worker.camel.yaml",
            "step-types/batch-worker-chunk.camel.yaml")
        .run("one", 1, 0);
  }

  private void handler(Processor processor) throws Exception {
    harness.camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:handler").routeId("handler").process(processor);
          }
        });
  }
}
