package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.access.DataRoots;
import io.bactrian.task.Insights;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Whether a task is taken: its files lie where they may, and not too much waits already. */
public final class Admission {
  private static final long COUNTED_EVERY_NANOS = 1_000_000_000L;

  private final DataRoots roots;
  private final Insights insights;
  private final int maxEnqueued;
  private final AtomicLong nextCount = new AtomicLong(System.nanoTime());
  private volatile boolean full;

  /**
   * @param roots where files named over HTTP must lie
   * @param insights counts the steps that wait to be claimed
   * @param maxEnqueued how many may wait
   */
  public Admission(List<Path> roots, Insights insights, int maxEnqueued) {
    this.roots = new DataRoots(roots);
    this.insights = insights;
    this.maxEnqueued = maxEnqueued;
  }

  /**
   * Checks a context that somebody submits.
   *
   * @throws Refusal 403 for a file outside of the data roots, 503 when too much waits
   */
  void check(JsonNode context) {
    roots
        .problem(context)
        .ifPresent(
            problem -> {
              throw Refusal.of(403, "file_not_permitted", problem);
            });
    long due = nextCount.get();
    if (System.nanoTime() - due >= 0
        && nextCount.compareAndSet(due, System.nanoTime() + COUNTED_EVERY_NANOS)) {
      full = insights.enqueued(maxEnqueued) >= maxEnqueued;
    }
    if (full) {
      throw Problems.busy(
          "%d steps or more wait to be claimed (setting bactrian.api.max-enqueued)"
              .formatted(maxEnqueued));
    }
  }
}
