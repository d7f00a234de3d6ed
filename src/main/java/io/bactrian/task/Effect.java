package io.bactrian.task;

import java.util.List;
import java.util.UUID;

/**
 * What an operator's verb did.
 *
 * @param task the task; after {@code rerun} the new one
 * @param before its state before
 * @param after its state now
 * @param steps names of the steps that were changed, or came back with them
 * @param served whether a live node goes on with the task by itself
 */
public record Effect(
    UUID task, TaskState before, TaskState after, List<String> steps, boolean served) {

  public Effect {
    steps = List.copyOf(steps);
  }

  /** Whether there is work that waits for a node to be started. */
  public boolean needsNode() {
    return !served && !after.isAtRest();
  }
}
