package io.bactrian.step;

import java.util.Map;

/** Reads in a step's result what else its completion must create. */
@FunctionalInterface
public interface Completion {

  /**
   * Reads a result.
   *
   * @param lease the completed step
   * @param result what its handler answered
   * @return what to create, or {@link NewWorkers#NONE}
   * @throws PermanentFailure if the result asks for something it may not; nothing is created
   */
  Expansion of(StepLease lease, Map<String, Object> result);
}
