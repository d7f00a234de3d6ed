package io.bactrian.template;

import java.util.Optional;

/**
 * What only a batch worker has.
 *
 * @param checkpoint when it saves its position
 * @param maxParallel workers of the step in progress at once over all nodes; empty = no limit
 */
public record WorkerRules(CheckpointRule checkpoint, Optional<Integer> maxParallel) {
  /** What a step has that says nothing. */
  public static final WorkerRules STANDARD =
      new WorkerRules(CheckpointRule.STANDARD, Optional.empty());
}
