package io.bactrian.cli;

import io.bactrian.step.DatabaseAway;
import io.bactrian.task.Progress;
import io.bactrian.task.Task;
import io.bactrian.task.TaskViews;
import io.bactrian.task.UnknownTarget;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches tasks until nothing more happens to them without an operator. */
final class Following {
  private static final Logger log = LoggerFactory.getLogger(Following.class);
  private static final long FIRST_MILLIS = 20;
  private static final long LONGEST_MILLIS = 250;

  private final TaskViews tasks;
  private final Waiting waiting;

  Following(TaskViews tasks) {
    this(tasks, Waiting.POLL);
  }

  /**
   * @param waiting waits between two looks
   */
  Following(TaskViews tasks, Waiting waiting) {
    this.tasks = tasks;
    this.waiting = waiting;
  }

  /** Waits until all tasks are at rest; a database that is away is waited for. */
  void await(Collection<UUID> uuids, Consumer<Progress> live) throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        List<Progress> progress = uuids.stream().map(tasks::progress).toList();
        progress.forEach(live);
        if (progress.stream().allMatch(p -> p.state().isAtRest())) {
          return;
        }
      } catch (DatabaseAway e) {
        log.warn("{}", e.getMessage());
      } catch (ServerRefused e) {
        if (!e.isAway()) {
          throw e;
        }
      }
      waiting.await(pause(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)));
    }
  }

  /** A tenth of the time so far, so that the end of a short task is not seen late. */
  private static long pause(long elapsedMillis) {
    return Math.min(Math.max(FIRST_MILLIS, elapsedMillis / 10), LONGEST_MILLIS);
  }

  TaskDocument document(UUID uuid) {
    return new TaskDocument(check(uuid), tasks.steps(uuid), tasks.progress(uuid).rowsRejected());
  }

  /** A task that must be there. */
  Task check(UUID uuid) {
    return tasks.find(uuid).orElseThrow(() -> absent(uuid));
  }

  /** Why a task is not found: it has been pruned, or there is none. */
  private RuntimeException absent(UUID uuid) {
    return tasks
        .receipt(uuid)
        .map(receipt -> UnknownTarget.pruned(receipt.message()))
        .orElseGet(() -> new UnknownTarget("there is no task %s".formatted(uuid)));
  }
}
