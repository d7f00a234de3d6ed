package io.bactrian.node;

import io.bactrian.step.Ending;
import io.bactrian.step.Leases;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepRunner;
import io.bactrian.store.NodeTable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Keeps what runs here leased, stops what is no longer ours, and ends attempts that take too long
 * or make no progress. Time without a database counts for neither, nor does the time after the
 * answer.
 */
final class LeaseKeeper implements Runnable {
  private final UUID node;
  private final NodeSettings settings;
  private final Leases leases;
  private final NodeTable nodes;
  private final StepRunner runner;
  private long checkedNanos = System.nanoTime();
  private volatile long beatNanos = System.nanoTime();

  LeaseKeeper(UUID node, NodeSettings settings, Leases leases, NodeTable nodes, StepRunner runner) {
    this.node = node;
    this.settings = settings;
    this.leases = leases;
    this.nodes = nodes;
    this.runner = runner;
  }

  /** The time since the database last took a sign of life; asked by any thread. */
  Duration sinceBeat() {
    return Duration.ofNanos(System.nanoTime() - beatNanos);
  }

  @Override
  public void run() {
    Collection<RunningStep> running = runner.running();
    Map<StepLease.Key, Leases.Renewal> held = renewed(running);
    for (RunningStep step : running) {
      Leases.Renewal renewal = held.get(step.lease().key());
      if (renewal == null) {
        step.end(Ending.LEASE_LOST);
      } else if (renewal.paused()) {
        step.end(Ending.TASK_PAUSED);
      }
      if (!step.isStopped() && step.isAtWork()) {
        limit(step);
      }
    }
  }

  private Map<StepLease.Key, Leases.Renewal> renewed(Collection<RunningStep> running) {
    long before = checkedNanos;
    try {
      nodes.beat(node, settings.leaseTtl());
      beatNanos = System.nanoTime();
      if (running.isEmpty()) {
        return Map.of();
      }
      return leases
          .renew(running.stream().map(step -> step.lease().key()).toList(), settings.leaseTtl())
          .stream()
          .collect(Collectors.toMap(Leases.Renewal::key, renewal -> renewal));
    } catch (RuntimeException e) {
      Duration lost = Duration.ofNanos(System.nanoTime() - before);
      running.forEach(step -> step.excuse(lost));
      throw e;
    } finally {
      checkedNanos = System.nanoTime();
    }
  }

  private void limit(RunningStep step) {
    runner.timeLimit(step).filter(step::isLongerThan).ifPresent(t -> runner.timeOut(step, t));
    if (!step.isStopped() && step.isStalled(settings.stall())) {
      runner.stall(step, settings.stall());
    }
  }
}
