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
 * Keeps what runs here leased, stops what is no longer ours, and ends attempts that take too long.
 */
final class LeaseKeeper implements Runnable {
  private final UUID node;
  private final Duration ttl;
  private final Leases leases;
  private final NodeTable nodes;
  private final StepRunner runner;

  LeaseKeeper(UUID node, Duration ttl, Leases leases, NodeTable nodes, StepRunner runner) {
    this.node = node;
    this.ttl = ttl;
    this.leases = leases;
    this.nodes = nodes;
    this.runner = runner;
  }

  @Override
  public void run() {
    nodes.beat(node, ttl);
    Collection<RunningStep> running = runner.running();
    if (running.isEmpty()) {
      return;
    }
    Map<StepLease.Key, Leases.Renewal> held =
        leases.renew(running.stream().map(step -> step.lease().key()).toList(), ttl).stream()
            .collect(Collectors.toMap(Leases.Renewal::key, renewal -> renewal));
    for (RunningStep step : running) {
      Leases.Renewal renewal = held.get(step.lease().key());
      if (renewal == null) {
        step.end(Ending.LEASE_LOST);
      } else if (renewal.paused()) {
        step.end(Ending.TASK_PAUSED);
      }
      if (!step.isStopped()) {
        runner.timeLimit(step).filter(step::isLongerThan).ifPresent(t -> runner.timeOut(step, t));
      }
    }
  }
}
