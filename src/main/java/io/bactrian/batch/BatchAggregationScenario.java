package io.bactrian.batch;

import io.bactrian.step.DependencyResults;
import io.bactrian.step.StepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a convergence finds: results of workers, or batchable steps that made none. */
public sealed interface BatchAggregationScenario
    permits BatchAggregationScenario.NoBatches, BatchAggregationScenario.WithBatches {

  /** How many workers there are results of. */
  long workerCount();

  /**
   * A worker template that a convergence waits for.
   *
   * @param batchableStep the step that creates its workers
   * @param name the worker template's name
   */
  record WorkerTemplate(String batchableStep, String name) {}

  /**
   * Looks which it is. Only instances of the worker template count; placeholders do not.
   *
   * @param results what the convergence may see
   * @param batchableStep the batchable step's name
   * @param workerPrefix the worker template's name and an underscore, {@code process_csv_batch_}
   */
  static BatchAggregationScenario detect(
      DependencyResults results, String batchableStep, String workerPrefix) {
    String template =
        workerPrefix.endsWith("_")
            ? workerPrefix.substring(0, workerPrefix.length() - 1)
            : workerPrefix;
    return detect(results, List.of(new WorkerTemplate(batchableStep, template)));
  }

  /**
   * Looks which it is, over the workers of several templates together.
   *
   * @param results what the convergence may see
   * @param templates in the order in which their results are to come
   */
  static BatchAggregationScenario detect(
      DependencyResults results, List<WorkerTemplate> templates) {
    List<String> names = templates.stream().map(WorkerTemplate::name).distinct().toList();
    long workers = names.stream().mapToLong(results::workerCount).sum();
    return workers == 0
        ? new NoBatches(
            templates.stream()
                .map(template -> results.get(template.batchableStep()))
                .flatMap(Optional::stream)
                .map(StepResult::result)
                .findFirst()
                .orElse(Map.of()))
        : new WithBatches(results, names, workers);
  }

  /**
   * No worker ran.
   *
   * @param batchableResult what the batchable step answered (of several the first that has a
   *     result), empty when it has none
   */
  record NoBatches(Map<String, Object> batchableResult) implements BatchAggregationScenario {
    @Override
    public long workerCount() {
      return 0;
    }
  }

  /** Workers ran. */
  final class WithBatches implements BatchAggregationScenario {
    private final DependencyResults results;
    private final List<String> templates;
    private final long workerCount;

    private WithBatches(DependencyResults results, List<String> templates, long workerCount) {
      this.results = results;
      this.templates = templates;
      this.workerCount = workerCount;
    }

    /**
     * The workers' results in batch order, those of one template after those of another; each call
     * reads them anew.
     */
    public Stream<StepResult> batchResults() {
      return templates.stream().flatMap(results::workers);
    }

    @Override
    public long workerCount() {
      return workerCount;
    }
  }
}
