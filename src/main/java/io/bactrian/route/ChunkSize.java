package io.bactrian.route;

import java.time.Clock;
import java.time.Duration;

/**
 * How many records the next chunk gets: starts small, doubles while a chunk takes less than half of
 * the time between checkpoints, halves when one takes longer than that.
 */
final class ChunkSize {
  static final int FIRST = 1_000;
  static final long MAX_BYTES = 16L << 20;
  private static final int LARGEST = 1 << 24;
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(1);

  private final Clock clock;
  private int records = FIRST;
  private long startedMillis;

  ChunkSize(Clock clock) {
    this.clock = clock;
    this.startedMillis = clock.millis();
  }

  /** The limit for the next chunk, in records. */
  int records() {
    return records;
  }

  void started() {
    startedMillis = clock.millis();
  }

  void finished() {
    long took = clock.millis() - startedMillis;
    if (took * 2 < BETWEEN_CHECKPOINTS.toMillis()) {
      records = Math.min(records * 2, LARGEST);
    } else if (took > BETWEEN_CHECKPOINTS.toMillis()) {
      records = Math.max(records / 2, 1);
    }
  }
}
