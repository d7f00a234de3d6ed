package io.bactrian.node;

import io.bactrian.step.StepLease;
import java.time.Duration;

/**
 * A claimed step that no slot has begun.
 *
 * @param lease the right to run it
 * @param sinceNanos when it was claimed, by {@link System#nanoTime}
 */
record Waiting(StepLease lease, long sinceNanos) {
  private static final Duration LONGEST = Duration.ofMillis(250);

  /** Waits from now on. */
  static Waiting of(StepLease lease) {
    return new Waiting(lease, System.nanoTime());
  }

  /** How long one may wait: much shorter than a lease, for nobody renews what waits. */
  static Duration longest(Duration leaseTtl) {
    Duration share = leaseTtl.dividedBy(6);
    return share.compareTo(LONGEST) < 0 ? share : LONGEST;
  }

  boolean isLongerThan(Duration limit) {
    return System.nanoTime() - sinceNanos > limit.toNanos();
  }
}
