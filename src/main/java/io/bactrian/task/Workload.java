package io.bactrian.task;

import io.bactrian.step.StepState;
import io.bactrian.template.StepType;
import java.time.Duration;
import java.util.Map;

/**
 * What there is to do, over all nodes.
 *
 * @param tasks tasks that have not ended, by state
 * @param steps steps of those tasks that are not done, by type and state
 * @param ready steps that wait for a free slot
 * @param oldestReady how long the oldest of them has been ready
 */
public record Workload(
    Map<TaskState, Long> tasks, Map<Kind, Long> steps, long ready, Duration oldestReady) {
  public Workload {
    tasks = Map.copyOf(tasks);
    steps = Map.copyOf(steps);
  }

  /** Steps of a type in a state. */
  public record Kind(StepType type, StepState state) {}
}
