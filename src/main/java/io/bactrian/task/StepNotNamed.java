package io.bactrian.task;

import java.util.List;
import java.util.UUID;

/** Several steps are meant where one must be. */
public final class StepNotNamed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final UUID task;
  private final transient List<String> steps;

  /**
   * @param task whose steps
   * @param steps those that could be meant
   */
  public StepNotNamed(UUID task, List<String> steps) {
    super(
        "task %s has rejected records of several steps, and each has a reject file of its own; name one of: %s"
            .formatted(task, String.join(", ", steps)));
    this.task = task;
    this.steps = List.copyOf(steps);
  }

  public UUID task() {
    return task;
  }

  public List<String> steps() {
    return steps;
  }
}
