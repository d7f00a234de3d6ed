package io.bactrian.step;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The workers a batchable step asks for; empty when it asks for none.
 *
 * @param templateStep the worker template
 * @param routeId the route that will run them
 * @param position the worker template's place in the task template
 * @param maxAttempts executions each may have
 * @param maxParallel how many may be in progress at once over all nodes; empty = no limit
 * @param maxRejects how many records they may set aside, all together; empty = no limit
 * @param parents the template steps a worker waits for, the one that creates it included
 * @param dependents the template steps that wait for all workers
 * @param workers names and inputs, in batch order
 */
public record NewWorkers(
    String templateStep,
    String routeId,
    int position,
    int maxAttempts,
    Optional<Integer> maxParallel,
    OptionalLong maxRejects,
    List<String> parents,
    List<String> dependents,
    List<Worker> workers)
    implements Expansion {

  /** No worker at all. */
  public static final NewWorkers NONE =
      new NewWorkers(
          "", "", 0, 1, Optional.empty(), OptionalLong.empty(), List.of(), List.of(), List.of());

  @Override
  public boolean isEmpty() {
    return workers.isEmpty();
  }

  /**
   * One worker to be created.
   *
   * @param name {@code <template>_<batch_id>}
   * @param inputs the worker's inputs as JSON text
   */
  public record Worker(String name, String inputs) {}
}
