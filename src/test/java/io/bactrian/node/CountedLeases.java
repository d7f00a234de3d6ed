package io.bactrian.node;

import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** The leases of one node, which count how often it claims and how many steps it then holds. */
final class CountedLeases implements Leases {
  private final Leases leases;
  private final IntSupplier inProgress;
  private final AtomicInteger claims = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /**
   * @param leases those that count
   * @param inProgress how many steps of the node are in progress
   */
  CountedLeases(Leases leases, IntSupplier inProgress) {
    this.leases = leases;
    this.inProgress = inProgress;
  }

  /** How often the database has been asked for ready steps. */
  int claims() {
    return claims.get();
  }

  /** How many steps were in progress after a claim, at most. */
  int most() {
    return most.get();
  }

  @Override
  public List<StepLease> claim(Claim claim, int limit) {
    List<StepLease> claimed = leases.claim(claim, limit);
    most.accumulateAndGet(inProgress.getAsInt(), Math::max);
    claims.incrementAndGet();
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
    return leases.reclaimExpired();
  }

  @Override
  public int reclaimFrom(Collection<UUID> deadNodes) {
    return leases.reclaimFrom(deadNodes);
  }

  @Override
  public boolean connectionWasLost() {
    return leases.connectionWasLost();
  }
}
