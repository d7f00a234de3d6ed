package io.bactrian.route;

import io.bactrian.step.RunningStep;
import io.bactrian.step.StepResult;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeProperty;

/**
 * The Splitter expression of a convergence: the results of the workers it waits for, in batch
 * order.
 */
public final class WorkerResults {
  private final Catalog catalog;

  public WorkerResults(Catalog catalog) {
    this.catalog = catalog;
  }

  public Iterator<Map<String, Object>> of(
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    return workerTemplates(step).stream()
        .flatMap(worker -> step.dependencyResults().workers(worker))
        .map(StepResult::result)
        .iterator();
  }

  /** The worker templates that a convergence depends on, in the order it names them. */
  List<String> workerTemplates(RunningStep step) {
    Catalog.Entry entry =
        catalog
            .step(step.lease().routeId())
            .orElseThrow(() -> new IllegalStateException("no template for " + step.step()));
    TaskTemplate template = entry.template();
    return entry.step().dependencies().stream()
        .flatMap(name -> template.step(name).stream())
        .filter(dependency -> dependency.type() == StepType.BATCH_WORKER)
        .map(StepTemplate::name)
        .toList();
  }

  /** The batchable step whose workers a convergence folds. */
  String batchable(RunningStep step, String workerTemplate) {
    return catalog
        .step(step.lease().routeId())
        .map(entry -> entry.template().batchableOf(workerTemplate))
        .orElseThrow(() -> new IllegalStateException("no template for " + step.step()));
  }
}
