package io.bactrian.node;

import java.time.Duration;

/**
 * How a node is.
 *
 * @param draining whether it takes nothing more and will end
 * @param claiming whether it looks for work
 * @param heard whether the database has taken its sign of life within the time of a lease
 * @param sinceHeard how long ago that was
 * @param slots steps that may be in progress at once
 * @param busy steps in progress
 */
public record Vitals(
    boolean draining, boolean claiming, boolean heard, Duration sinceHeard, int slots, int busy) {

  /** Whether the process works; one that drains does. */
  public boolean isLive() {
    return draining || claiming;
  }

  /** Whether it takes work now. */
  public boolean isReady() {
    return claiming && !draining && heard;
  }
}
