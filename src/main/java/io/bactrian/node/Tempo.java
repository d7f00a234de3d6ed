package io.bactrian.node;

import java.time.Duration;

/**
 * How long steps take here at present, and from that how many may be claimed ahead: as many as the
 * slots begin within {@value #AHEAD_MILLIS} ms. Long steps are not claimed before a slot is free,
 * however many slots there are. Thread safe.
 */
final class Tempo {
  private static final long AHEAD_MILLIS = 100;
  private static final int MOST = 32;
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final Duration LONG = SLOW.dividedBy(2);

  private final int slots;
  private long nanos = SLOW.toNanos();

  Tempo(int slots) {
    this.slots = slots;
  }

  /** A step took that long; the last ones count most. */
  synchronized void took(Duration time) {
    nanos = (nanos + Math.min(time.toNanos(), SLOW.toNanos())) / 2;
  }

  /** Steps are slow until some have been seen to be quick. */
  synchronized void slow() {
    nanos = SLOW.toNanos();
  }

  /** How many steps may wait here for a slot. */
  synchronized int ahead() {
    if (nanos >= LONG.toNanos()) {
      return 0;
    }
    long begun = slots * Duration.ofMillis(AHEAD_MILLIS).toNanos() / Math.max(nanos, 1);
    return (int) Math.min(begun, MOST);
  }
}
