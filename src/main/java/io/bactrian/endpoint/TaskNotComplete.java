package io.bactrian.endpoint;

import io.bactrian.task.TaskState;
import java.util.List;
import java.util.UUID;

/** A route waited for a task that did not complete. */
public final class TaskNotComplete extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final UUID taskUuid;
  private final TaskState state;

  TaskNotComplete(UUID taskUuid, TaskState state, List<String> failures) {
    super(
        "task %s is %s: %s"
            .formatted(
                taskUuid,
                state.word(),
                failures.isEmpty() ? "no step is in error" : String.join("; ", failures)));
    this.taskUuid = taskUuid;
    this.state = state;
  }

  public UUID taskUuid() {
    return taskUuid;
  }

  public TaskState state() {
    return state;
  }
}
