package io.bactrian.task;

/**
 * How many steps of a task are in which kind of state.
 *
 * @param pending waiting for parents
 * @param ready enqueued or in progress
 * @param waiting waiting for a retry
 * @param failed in error
 * @param done complete, resolved or cancelled
 */
public record StepCounts(int pending, int ready, int waiting, int failed, int done) {

  /** The task state these counts mean, for a task that nobody paused, cancelled or resolved. */
  public TaskState taskState() {
    if (ready > 0) {
      return TaskState.STEPS_IN_PROCESS;
    }
    if (waiting > 0) {
      return TaskState.WAITING_FOR_RETRY;
    }
    if (failed > 0) {
      return TaskState.BLOCKED_BY_FAILURES;
    }
    return pending > 0 ? TaskState.PENDING : TaskState.COMPLETE;
  }

  /**
   * The task state that follows a state. Steps that wait while nothing runs and nothing failed do
   * not make a task pending again: a sweeper looks what they wait for.
   */
  public TaskState taskStateAfter(TaskState now) {
    TaskState next = taskState();
    return next == TaskState.PENDING && now != TaskState.PENDING
        ? TaskState.STEPS_IN_PROCESS
        : next;
  }

  /** Whether steps wait although nothing runs, is due or has failed. */
  public boolean isStuck() {
    return taskState() == TaskState.PENDING;
  }

  public int total() {
    return pending + ready + waiting + failed + done;
  }
}
