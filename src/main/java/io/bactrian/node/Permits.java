package io.bactrian.node;

import io.bactrian.step.StepLease;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps in hand that a {@code max_parallel} limits, from their claim until their end is
 * written. There are no more of them than slots, whatever else is claimed ahead: a permit that only
 * waits here is one that other nodes lack. Thread safe.
 */
final class Permits {
  private final int slots;
  private final Set<StepLease.Key> leases = ConcurrentHashMap.newKeySet();

  Permits(int slots) {
    this.slots = slots;
  }

  /** How many more of these steps may be claimed. */
  int free() {
    return Math.max(slots - leases.size(), 0);
  }

  /** A step has been claimed. */
  void take(StepLease lease) {
    if (lease.limited()) {
      leases.add(lease.key());
    }
  }

  /** A step is in hand no more. */
  void giveBack(StepLease lease) {
    leases.remove(lease.key());
  }
}
