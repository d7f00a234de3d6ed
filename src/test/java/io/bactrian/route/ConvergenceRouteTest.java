package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.GivenResults;
import io.bactrian.step.StepError;
import io.bactrian.step.StepResult;
import io.bactrian.template.StepType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The convergence route alone, its handler replaced: the five cases. */
final class ConvergenceRouteTest {
  private static final String TEMPLATE =
      """
      name: demo
      namespace_name: t
      version: "1"
      steps:
        - {name: plan, type: batchable, handler: {callable: "log:plan"}}
        - {name: work, type: batch_worker, dependencies: [plan], handler: {callable: "log:work"}}
        - {name: total, type: deferred_convergence, dependencies: [work], handler: {callable: handler, initialization: {fold: FOLD}}}
      """;

  private final List<Object> handled = new ArrayList<>();
  private Harness harness = new Harness(new GivenResults(List.of()));

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void allResultsAreFoldedInBatchOrderAndTheHandlerIsCalledOnce() throws Exception {
    start(4, "list");
    harness.run("total", 1, 4);

    assertThat(harness.failures).isEmpty();
    assertThat(handled)
        .containsExactly(List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3), Map.of("n", 4)));
    assertThat(harness.completed).containsExactly(Map.of("scenario", "WithBatches", "workers", 4));
  }

  @Test
  void aMissingResultFailsTheStep() throws Exception {
    start(3, "sums");
    harness.run("total", 1, 4);

    assertThat(handled).isEmpty();
    assertThat(harness.failures)
        .extracting(StepError::message)
        .containsExactly("the fold of total got 3 of 4 results");
  }

  @Test
  void aStrategyThatThrowsFailsTheStep() throws Exception {
    bind(
        "thrower",
        (before, next) -> {
          throw new IllegalStateException("no sum today");
        });
    start(4, "thrower");
    harness.run("total", 1, 4);

    assertThat(handled).isEmpty();
    assertThat(harness.failures).extracting(StepError::message).containsExactly("no sum today");
  }

  @Test
  void aRetryInTheSameProcessStartsItsFoldAnew() throws Exception {
    var fails = new AtomicBoolean(true);
    var sums = Folds.sums();
    bind(
        "onceBad",
        (before, next) -> {
          if (before != null && number(next).equals("3") && fails.getAndSet(false)) {
            throw new IllegalStateException("the third part fails once");
          }
          return sums.aggregate(before, next);
        });
    start(4, "onceBad");

    harness.run("total", 1, 4);
    assertThat(harness.failures).hasSize(1);
    harness.run("total", 2, 4);

    assertThat(handled).containsExactly(Map.of("n", 10L));
  }

  @Test
  void noBatchesIsItsOwnScenarioAndNoFold() throws Exception {
    start(0, "sums");
    harness.run("total", 1, 0);

    assertThat(harness.failures).isEmpty();
    assertThat(handled).containsExactly("nothing");
    assertThat(harness.completed).containsExactly(Map.of("scenario", "NoBatches", "workers", 0));
  }

  @Test
  void aHundredThousandResultsAreFolded() throws Exception {
    start(100_000, "sums");
    harness.run("total", 1, 100_000);

    assertThat(handled).containsExactly(Map.of("n", 5_000_050_000L));
  }

  private static String number(Exchange part) {
    return String.valueOf(part.getMessage().getBody(Map.class).get("n"));
  }

  private void bind(String name, AggregationStrategy strategy) {
    pending = () -> harness.camel.getRegistry().bind(name, strategy);
  }

  private Runnable pending = () -> {};

  private void start(int results, String fold) throws Exception {
    harness.close();
    var given = new ArrayList<StepResult>();
    for (int i = results; i >= 1; i--) {
      given.add(
          new StepResult(
              "work_" + i,
              "work",
              StepType.BATCH_WORKER,
              i - 1,
              false,
              Map.<String, Object>of("n", i)));
    }
    harness = new Harness(new GivenResults(given));
    pending.run();
    harness.camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:handler")
                .routeId("handler")
                .process(
                    exchange -> {
                      Object body = exchange.getMessage().getBody();
                      handled.add(body == null ? "nothing" : body);
                      var scenario =
                          (io.bactrian.batch.BatchAggregationScenario)
                              exchange.getProperty("scenario");
                      exchange
                          .getMessage()
                          .setBody(
                              Map.of(
                                  "scenario",
                                  scenario.getClass().getSimpleName(),
                                  "workers",
                                  scenario.workerCount()));
                    });
          }
        });
    harness.start(
        TEMPLATE.replace("FOLD", fold),
        "step-types/batchable.camel.yaml",
        "step-types/batch-worker.camel.yaml",
        "step-types/batch-worker-chunk.camel.yaml",
        "step-types/deferred-convergence.camel.yaml");
  }
}
