package io.bactrian.node;

import io.bactrian.step.Leases;
import io.bactrian.task.TaskBook;

/**
 * Makes ready again what time has made ready: ended leases, due retries; ends tasks past their
 * limit.
 */
final class Sweeper implements Runnable {
  private final Leases leases;
  private final TaskBook tasks;
  private final Runnable somethingIsReady;

  Sweeper(Leases leases, TaskBook tasks, Runnable somethingIsReady) {
    this.leases = leases;
    this.tasks = tasks;
    this.somethingIsReady = somethingIsReady;
  }

  @Override
  public void run() {
    tasks.endOverdue();
    if (leases.reclaimExpired() + tasks.retryDue() > 0) {
      somethingIsReady.run();
    }
  }
}
