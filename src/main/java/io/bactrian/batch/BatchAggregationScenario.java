package io.bactrian.batch;

import io.bactrian.step.DependencyResults;
import io.bactrian.step.StepResult;
import java.util.Map;
import java.util.stream.Stream;

/** What a convergence finds: results of workers, or a batchable step that made none. */
public sealed interface BatchAggregationScenario
    permits BatchAggregationScenario.NoBatches, BatchAggregationScenario.WithBatches {

  /** How many workers there are results of. */
  long workerCount();

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
    long workers = results.workerCount(template);
    return workers == 0
        ? new NoBatches(results.get(batchableStep).map(StepResult::result).orElse(Map.of()))
        : new WithBatches(results, template, workers);
  }

  /**
   * No worker ran.
   *
   * @param batchableResult what the batchable step answered, empty when it has no result
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
    private final String template;
    private final long workerCount;

    private WithBatches(DependencyResults results, String template, long workerCount) {
      this.results = results;
      this.template = template;
      this.workerCount = workerCount;
    }

    /** The workers' results in batch order; each call reads them anew. */
    public Stream<StepResult> batchResults() {
      return results.workers(template);
    }

    @Override
    public long workerCount() {
      return workerCount;
    }
  }
}
