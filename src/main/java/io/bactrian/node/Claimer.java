package io.bactrian.node;

import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepRunner;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ready steps as long as slots are free and runs each on a thread of its own. When steps are
 * short, some are taken ahead and wait for a slot; one that no slot begins soon is given back.
 */
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
  private final AtomicInteger held = new AtomicInteger();
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final Duration longestWait;
  private final Tempo tempo;
  private final Permits permits;
  private final EndWriter ends;
  private final ExecutorService workers;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Whether the last claim took all it had room for; ends that are written ask in any case. */
  private volatile boolean moreIsReady = true;

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
    this.longestWait = Waiting.longest(settings.leaseTtl());
    this.tempo = new Tempo(settings.slots());
    this.permits = new Permits(settings.slots());
    this.ends = new EndWriter(runner, () -> !waiting.isEmpty(), this::inHandNoMore);
    var numbers = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            settings.slots(),
            task -> new Thread(task, "bactrian-step-" + numbers.incrementAndGet()));
  }

  void start() {
    if (begun.compareAndSet(false, true)) {
      ends.start();
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
      waiting.clear();
      workers.shutdown();
      return workers.awaitTermination(seconds, TimeUnit.SECONDS) && quiet;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      ends.close();
    }
  }

  private void claimUntilStopped() {
    try {
      while (!stopping) {
        giveBackWhatWaitsLong();
        int claimed = claim();
        if (claimed <= 0) {
          signal.tryAcquire(pauseMillis(claimed), TimeUnit.MILLISECONDS);
          signal.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private long pauseMillis(int claimed) {
    long pause = settings.poll().toMillis();
    if (!waiting.isEmpty()) {
      return Math.min(pause, longestWait.toMillis());
    }
    return claimed < 0 ? Math.min(pause, RETRY_MILLIS) : pause;
  }

  /** Slots are busy with long steps: what waits for them may run elsewhere. */
  private void giveBackWhatWaitsLong() {
    Waiting next = waiting.peek();
    while (next != null && next.isLongerThan(longestWait)) {
      if (waiting.remove(next)) {
        giveBack(next.lease());
      }
      next = waiting.peek();
    }
  }

  private void giveBack(StepLease lease) {
    tempo.slow();
    try {
      leases.release(lease, "no slot was free");
    } catch (RuntimeException e) {
      log.warn("step={} left to its lease: {}", lease.stepUuid(), e.getMessage());
    } finally {
      held.decrementAndGet();
      inHandNoMore(List.of(lease));
    }
  }

  /** How many steps were taken; -1 if that is not known. */
  private int claim() {
    int ahead = tempo.ahead();
    int free = settings.slots() + ahead - held.get();
    boolean enoughWait = waiting.size() > ahead / 2;
    if (free <= 0 || enoughWait || (settings.ownTasksOnly() && ownTasks.isEmpty())) {
      return 0;
    }
    try {
      var claim =
          new Leases.Claim(
              node,
              runner.routeIds(),
              ownTasks,
              settings.ownTasksOnly(),
              settings.leaseTtl(),
              permits.free());
      List<StepLease> claimed = leases.claim(claim, free);
      moreIsReady = claimed.size() == free;
      claimed.forEach(this::hold);
      return claimed.size();
    } catch (RuntimeException | Error e) { // what ends this thread would end the node's work
      log.warn("node={} cannot claim, tries again: {}", node, e.getMessage());
      return -1;
    }
  }

  private void hold(StepLease lease) {
    held.incrementAndGet();
    permits.take(lease);
    waiting.add(Waiting.of(lease));
    workers.execute(this::runNext);
  }

  private void runNext() {
    Waiting next = waiting.poll();
    if (next != null && next.isLongerThan(settings.leaseTtl().dividedBy(2))) {
      // The process was stopped, or its claimer waited for the database: the lease may be gone.
      giveBack(next.lease());
    } else if (next != null) {
      run(next.lease());
    }
  }

  private void run(StepLease lease) {
    long begun = System.nanoTime();
    var later = new AtomicBoolean();
    try (StepLog unused = StepLog.of(node, lease)) {
      runner.run(
          lease,
          answered -> {
            later.set(true);
            ends.add(answered);
          });
    } catch (RuntimeException | Error e) {
      log.error("step={} name={} outcome not written", lease.stepUuid(), lease.name(), e);
    } finally {
      tempo.took(Duration.ofNanos(System.nanoTime() - begun));
      held.decrementAndGet();
      slotIsFree(lease, later.get());
    }
  }

  /**
   * @param later whether the step's end is still to be written: nobody is ready through it before
   */
  private void slotIsFree(StepLease lease, boolean later) {
    if (!later) {
      inHandNoMore(List.of(lease));
    } else if (moreIsReady) {
      wake();
    }
  }

  /** There is room under their limits, and others may be ready through them. */
  private void inHandNoMore(List<StepLease> leases) {
    leases.forEach(permits::giveBack);
    wake();
    afterEach.run();
  }
}
