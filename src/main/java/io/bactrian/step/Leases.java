package io.bactrian.step;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who may run what until when. Each method is one transaction. Thread safe. */
public interface Leases {

  /** Takes up to {@code limit} ready steps; oldest first, workers in batch order. */
  List<StepLease> claim(Claim claim, int limit);

  /** Moves the end of leases on; answers those still held. */
  List<Renewal> renew(Collection<StepLease.Key> leases, Duration ttl);

  /**
   * Makes true: the step is ready again and this attempt was none.
   *
   * @throws LeaseLost if the lease is gone; nothing is written then
   */
  void release(StepLease lease, String reason);

  /** Makes true: steps whose lease has ended are ready again; answers how many there were. */
  int reclaimExpired();

  /**
   * Makes true: the steps of nodes known to be dead are ready again; answers how many there were.
   */
  int reclaimFrom(Collection<UUID> deadNodes);

  /**
   * Whether this thread has lost its connection to the database, or got none, since it asked last.
   */
  default boolean connectionWasLost() {
    return false;
  }

  /**
   * Who claims, and what.
   *
   * @param node the claiming node
   * @param routeIds the routes this node has
   * @param onlyTasks when {@code limited}, the only tasks it works for
   * @param limited whether the node works for its own tasks only
   * @param ttl how long the lease lasts
   * @param permits how many of the steps may be such as a {@code max_parallel} limits
   */
  record Claim(
      UUID node,
      Set<String> routeIds,
      Set<UUID> onlyTasks,
      boolean limited,
      Duration ttl,
      int permits) {}

  /**
   * A lease that is still held.
   *
   * @param key whose
   * @param paused whether its task is paused, so that it ends at the next checkpoint
   */
  record Renewal(StepLease.Key key, boolean paused) {}
}
