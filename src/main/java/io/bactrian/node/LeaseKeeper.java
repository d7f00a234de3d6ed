package io.bactrian.node;

import io.bactrian.step.Leases;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepRunner;
import io.bactrian.store.NodeTable;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

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
    Set<StepLease.Key> held =
        leases.renew(running.stream().map(step -> step.lease().key()).toList(), ttl);
    for (RunningStep step : running) {
      if (!held.contains(step.lease().key())) {
        step.stop();
      } else {
        runner.timeLimit(step).filter(step::isLongerThan).ifPresent(t -> runner.timeOut(step, t));
      }
    }
  }
}
