package io.bactrian.endpoint;

import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.task.TaskResult;
import io.bactrian.task.TaskState;
import io.bactrian.task.TaskViews;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;

/** Waits until a task is at rest. */
final class TaskWait {
  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 250;

  private final TaskViews views;
  private final long timeoutMillis;

  TaskWait(TaskViews views, long timeoutMillis) {
    this.views = views;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Body out: the task's result.
   *
   * @throws TaskNotComplete if it ended in another way, or waits for an operator
   * @throws ExchangeTimedOutException if the time is over; the task goes on
   */
  void answer(Exchange exchange, UUID uuid) throws Exception {
    Optional<Receipt> receipt = views.receipt(uuid);
    TaskState state = receipt.isPresent() ? receipt.get().task().state() : await(exchange, uuid);
    exchange.getMessage().setHeader(TaskHeaders.TASK_STATE, state.word());
    if (receipt.isPresent() && state == TaskState.COMPLETE) {
      exchange.getMessage().setBody(receipt.get().result().orElse(null));
      return;
    }
    List<Step> steps = views.steps(uuid);
    if (state != TaskState.COMPLETE) {
      throw new TaskNotComplete(uuid, state, TaskResult.failures(steps));
    }
    exchange.getMessage().setBody(TaskResult.of(steps));
  }

  private TaskState await(Exchange exchange, UUID uuid) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    long pause = FIRST_MILLIS;
    while (true) {
      TaskState state = views.find(uuid).map(Task::state).orElseThrow();
      if (state.isAtRest()) {
        return state;
      }
      if (System.nanoTime() > end) {
        throw new ExchangeTimedOutException(
            exchange, timeoutMillis, "task %s is %s and goes on".formatted(uuid, state.word()));
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(pause * 2, LONGEST_MILLIS);
    }
  }
}
