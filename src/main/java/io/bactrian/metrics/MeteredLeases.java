package io.bactrian.metrics;

import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Counts what is claimed and what is taken over from others. */
final class MeteredLeases implements Leases {
  private final Leases leases;
  private final Timer claim;
  private final Counter claims;
  private final Counter takeovers;

  MeteredLeases(Leases leases, MeterRegistry registry) {
    this.leases = leases;
    this.claim =
        Timer.builder("bactrian.claim").description("Looks for ready steps").register(registry);
    this.claims =
        Counter.builder("bactrian.claims")
            .description("Steps that this node has claimed")
            .register(registry);
    this.takeovers =
        Counter.builder("bactrian.takeovers")
            .description("Steps that this node has taken from nodes that gave no sign of life")
            .register(registry);
  }

  @Override
  public List<StepLease> claim(Claim claim, int limit) {
    List<StepLease> claimed =
        Objects.requireNonNull(this.claim.record(() -> leases.claim(claim, limit)));
    claims.increment(claimed.size());
    return claimed;
  }

  @Override
  public List<Renewal> renew(Collection<StepLease.Key> held, Duration ttl) {
    return leases.renew(held, ttl);
  }

  @Override
  public void release(StepLease lease, String reason) {
    leases.release(lease, reason);
  }

  @Override
  public int reclaimExpired() {
    return taken(leases.reclaimExpired());
  }

  @Override
  public int reclaimFrom(Collection<UUID> deadNodes) {
    return taken(leases.reclaimFrom(deadNodes));
  }

  private int taken(int steps) {
    takeovers.increment(steps);
    return steps;
  }

  @Override
  public boolean connectionWasLost() {
    return leases.connectionWasLost();
  }
}
