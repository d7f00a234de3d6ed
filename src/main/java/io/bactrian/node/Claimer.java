package io.bactrian.node;

import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepRunner;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes ready steps as long as slots are free and runs each on a thread of its own. */
final class Claimer {
  private static final Logger log = LoggerFactory.getLogger(Claimer.class);

  private static final long RETRY_MILLIS = 1_000;

  private final UUID node;
  private final NodeSettings settings;
  private final Leases leases;
  private final StepRunner runner;
  private final Runnable afterEach;
  private final Set<UUID> ownTasks = ConcurrentHashMap.newKeySet();
  private final Semaphore signal = new Semaphore(0);
  private final AtomicInteger busy = new AtomicInteger();
  private final ExecutorService workers;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean stopping;

  /**
   * @param afterEach called when a step has ended: others may be ready now
   */
  Claimer(UUID node, NodeSettings settings, Leases leases, StepRunner runner, Runnable afterEach) {
    this.node = node;
    this.settings = settings;
    this.leases = leases;
    this.runner = runner;
    this.afterEach = afterEach;
    var numbers = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            settings.slots(),
            task -> new Thread(task, "bactrian-step-" + numbers.incrementAndGet()));
  }

  void start() {
    if (begun.compareAndSet(false, true)) {
      var thread = new Thread(this::claimUntilStopped, "bactrian-claimer");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Whether the loop that claims goes round. */
  boolean isClaiming() {
    return begun.get() && !stopping && ended.getCount() > 0;
  }

  void workFor(UUID task) {
    ownTasks.add(task);
    wake();
  }

  /** Looks for work now instead of at the next poll. */
  void wake() {
    signal.release();
  }

  /** Takes nothing more, and waits for what runs; false if that took too long. */
  boolean stop(long seconds) {
    stopping = true;
    wake();
    if (begun.compareAndSet(false, true)) {
      ended.countDown();
    }
    try {
      boolean quiet = ended.await(seconds, TimeUnit.SECONDS);
      workers.shutdown();
      return workers.awaitTermination(seconds, TimeUnit.SECONDS) && quiet;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void claimUntilStopped() {
    try {
      while (!stopping) {
        int claimed = claim();
        if (claimed <= 0) {
          long pause = settings.poll().toMillis();
          signal.tryAcquire(
              claimed < 0 ? Math.min(pause, RETRY_MILLIS) : pause, TimeUnit.MILLISECONDS);
          signal.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  /** How many steps were taken; -1 if that is not known. */
  private int claim() {
    int free = settings.slots() - busy.get();
    if (free == 0 || (settings.ownTasksOnly() && ownTasks.isEmpty())) {
      return 0;
    }
    try {
      var claim =
          new Leases.Claim(
              node, runner.routeIds(), ownTasks, settings.ownTasksOnly(), settings.leaseTtl());
      List<StepLease> claimed = leases.claim(claim, free);
      claimed.forEach(this::run);
      return claimed.size();
    } catch (RuntimeException e) {
      log.warn("node={} cannot claim, tries again: {}", node, e.getMessage());
      return -1;
    }
  }

  private void run(StepLease lease) {
    busy.incrementAndGet();
    workers.execute(
        () -> {
          try (StepLog unused = StepLog.of(node, lease)) {
            runner.run(lease);
          } catch (RuntimeException e) {
            log.error("step={} name={} outcome not written", lease.stepUuid(), lease.name(), e);
          } finally {
            busy.decrementAndGet();
            wake();
            afterEach.run();
          }
        });
  }
}
