package io.bactrian.node;

import io.bactrian.task.Retention;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets finished tasks leave, from a thread of its own: one piece after the other with a pause in
 * between, until nothing is due or another node is at it.
 */
public final class Pruner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pruner.class);
  private static final long PAUSE_MILLIS = 20;

  private final Retention retention;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param retention what is due
   * @param every how often to look
   */
  public Pruner(Retention retention, Duration every) {
    this.retention = retention;
    this.every = every;
  }

  /** Begins to look. */
  public Pruner start() {
    var thread = new Thread(this::pruneUntilClosed, "bactrian-retention");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void pruneUntilClosed() {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    Retention.Pruned all = Retention.Pruned.NOTHING;
    try {
      Retention.Pruned some = retention.pruneSome();
      while (!some.isNothing() && !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        all = all.plus(some);
        some = retention.pruneSome();
      }
      all = all.plus(some);
    } catch (RuntimeException e) {
      log.warn("cannot prune, tries again: {}", e.getMessage());
    }
    if (!all.isNothing()) {
      log.info("pruned tasks={} steps={} plans={}", all.tasks(), all.steps(), all.plans());
    }
  }

  /** Stops after the present piece. */
  @Override
  public void close() {
    closed.countDown();
  }
}
