package io.bactrian.node;

import io.bactrian.task.TaskWatch;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after tasks on which nothing happens: mends what can be mended, reports the rest. */
public final class Watcher {
  /** How many polls lie between two looks. */
  static final int POLLS = 10;

  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  private static final Duration SELDOM = Duration.ofSeconds(30);
  private static final int PARTS = 4;

  private final TaskWatch watch;
  private final Duration staleAfter;
  private final Duration unavailableAfter;
  private final long betweenReports;
  private long lastReport;

  /**
   * @param watch finds them
   * @param staleAfter how long nothing may happen to a task
   * @param unavailableAfter how long no node may have the route of a ready step
   */
  public Watcher(TaskWatch watch, Duration staleAfter, Duration unavailableAfter) {
    this.watch = watch;
    this.staleAfter = staleAfter;
    this.unavailableAfter = unavailableAfter;
    Duration shorter = staleAfter.compareTo(unavailableAfter) < 0 ? staleAfter : unavailableAfter;
    this.betweenReports = Math.min(SELDOM.toNanos(), shorter.dividedBy(PARTS).toNanos());
    this.lastReport = System.nanoTime() - betweenReports;
  }

  /** Looks once; calls back when something is ready by it. */
  void look(Runnable somethingIsReady) {
    int mended = watch.mendStuck();
    if (mended > 0) {
      log.warn("mended={} tasks looked stuck: their gates were counted anew", mended);
      somethingIsReady.run();
    }
    if (System.nanoTime() - lastReport >= betweenReports) {
      lastReport = System.nanoTime();
      report("staleness_timeout", () -> watch.reportStale(staleAfter));
      report("worker_unavailable", () -> watch.reportUnserved(unavailableAfter));
    }
  }

  private static void report(String reason, IntSupplier found) {
    int entries = found.getAsInt();
    if (entries > 0) {
      log.warn("dead_letters={} reason={}", entries, reason);
    }
  }
}
