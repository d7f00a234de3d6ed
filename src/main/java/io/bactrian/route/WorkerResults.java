package io.bactrian.route;

import io.bactrian.batch.BatchAggregationScenario.WorkerTemplate;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepResult;
import io.bactrian.template.Catalog;
import io.bactrian.template.TaskTemplate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.ExchangeProperty;

/**
 * The Splitter expression of a convergence: the results of the workers it waits for, in batch
 * order; of one that waits for no workers, the results of those of its dependencies that exist, in
 * the order it names them.
 */
public final class WorkerResults {
  private final Catalog catalog;

  public WorkerResults(Catalog catalog) {
    this.catalog = catalog;
  }

  public Iterator<Map<String, Object>> of(
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    return results(step).map(StepResult::result).iterator();
  }

  private Stream<StepResult> results(RunningStep step) {
    Catalog.Entry entry = entry(step);
    if (entry.template().foldsParents(entry.step())) {
      return entry.step().dependencies().stream()
          .map(step.dependencyResults()::get)
          .flatMap(Optional::stream);
    }
    return workerTemplates(step).stream()
        .flatMap(worker -> step.dependencyResults().workers(worker.name()));
  }

  /** How many results there are to fold. */
  long found(RunningStep step) {
    return results(step).count();
  }

  /** The worker templates that a convergence depends on, in the order it names them. */
  List<WorkerTemplate> workerTemplates(RunningStep step) {
    Catalog.Entry entry = entry(step);
    TaskTemplate template = entry.template();
    return entry.step().dependencies().stream()
        .filter(template::isWorker)
        .map(worker -> new WorkerTemplate(template.batchableOf(worker), worker))
        .toList();
  }

  private Catalog.Entry entry(RunningStep step) {
    return catalog
        .step(step.lease().routeId())
        .orElseThrow(() -> new IllegalStateException("no template for " + step.step()));
  }
}
