package io.bactrian.route;

import io.bactrian.batch.BatchAggregationScenario;
import io.bactrian.batch.BatchAggregationScenario.WorkerTemplate;
import io.bactrian.step.RunningStep;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Carries the answer of the Aggregate EIP, which ends on an exchange of its own, to the step's
 * exchange.
 */
public final class Convergence {
  /** Exchange property with the {@link BatchAggregationScenario}. */
  public static final String SCENARIO = "scenario";

  private static final String KEY = "foldKey";
  private static final String EXPECTED = "expectedResults";

  private final WorkerResults results;

  public Convergence(WorkerResults results) {
    this.results = results;
  }

  /**
   * Says once, not for each result, what the Aggregate EIP asks: properties {@code foldKey}, by
   * step and epoch, and {@code expectedResults}.
   */
  public void begin(Exchange exchange) {
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    exchange.setProperty(KEY, step.uuid() + "#" + step.epoch());
    exchange.setProperty(EXPECTED, step.expected());
  }

  /** Output of the Aggregate EIP: keeps the finished fold. */
  public void keep(@Body Object fold, @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    step.keepFold(fold);
  }

  /**
   * Body out: the fold, null when there were no batches. Property {@code scenario}: which it was;
   * none for a convergence of branches.
   *
   * @throws IllegalStateException if not every expected result was folded
   */
  public void folded(Exchange exchange) {
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    if (step.expected() > 0 && step.fold().isEmpty()) {
      throw new IllegalStateException(
          "the fold of %s got %d of %d results"
              .formatted(step.step(), results.found(step), step.expected()));
    }
    List<WorkerTemplate> templates = results.workerTemplates(step);
    if (!templates.isEmpty()) {
      exchange.setProperty(
          SCENARIO, BatchAggregationScenario.detect(step.dependencyResults(), templates));
    }
    exchange.getMessage().setBody(step.fold().orElse(null));
  }
}
