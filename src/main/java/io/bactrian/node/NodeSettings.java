package io.bactrian.node;

import java.time.Duration;

/**
 * How a node works.
 *
 * @param leaseTtl how long a lease lasts that is not renewed
 * @param poll how often a node looks for work when nobody wakes it
 * @param slots steps in progress at once
 * @param stall how long an attempt may make no progress
 * @param ownTasksOnly whether it works for the tasks it was started for, and no others
 */
public record NodeSettings(
    Duration leaseTtl, Duration poll, int slots, Duration stall, boolean ownTasksOnly) {
  public NodeSettings {
    if (slots < 1 || leaseTtl.toMillis() < 1 || poll.toMillis() < 1) {
      throw new IllegalArgumentException(
          "slots=%d, lease ttl=%s, poll=%s; allowed: at least 1 and 1 ms"
              .formatted(slots, leaseTtl, poll));
    }
  }
}
