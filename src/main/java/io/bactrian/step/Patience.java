package io.bactrian.step;

import java.time.Duration;

/** How long an attempt runs, and how long it has not advanced. Used by one thread at a time. */
final class Patience {
  private long startedNanos = System.nanoTime();
  private long advancedNanos = startedNanos;
  private long seen;

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /**
   * The time since the count last grew, as far as somebody asked; nothing while it has never grown.
   *
   * @param advanced grows with each advance, from 0
   */
  Duration sinceAdvance(long advanced) {
    long now = System.nanoTime();
    if (advanced != seen || advanced == 0) {
      seen = advanced;
      advancedNanos = now;
    }
    return Duration.ofNanos(now - advancedNanos);
  }

  /** Takes some time out of both. */
  void excuse(Duration time) {
    startedNanos += time.toNanos();
    advancedNanos += time.toNanos();
  }
}
