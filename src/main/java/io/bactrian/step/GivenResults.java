package io.bactrian.step;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Results given as a list: for unit tests of handlers and routes. Immutable. */
public final class GivenResults implements DependencyResults {
  private final List<StepResult> results;

  /**
   * @param results in template order; workers are put into batch order
   */
  public GivenResults(List<StepResult> results) {
    this.results = List.copyOf(results);
  }

  @Override
  public Optional<StepResult> get(String stepName) {
    return results.stream().filter(r -> r.name().equals(stepName)).findFirst();
  }

  @Override
  public Stream<StepResult> workers(String workerTemplate) {
    return results.stream()
        .filter(r -> r.templateStep().equals(workerTemplate))
        .filter(r -> r.batchIndex() >= 0 && !r.noOp())
        .sorted(Comparator.comparingInt(StepResult::batchIndex));
  }

  @Override
  public long workerCount(String workerTemplate) {
    return workers(workerTemplate).count();
  }

  @Override
  public Stream<StepResult> all() {
    return results.stream();
  }
}
