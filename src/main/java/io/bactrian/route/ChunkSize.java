package io.bactrian.route;

import io.bactrian.template.CheckpointRule;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many records the next chunk gets. By records: always as many. By time: starts small, doubles
 * while a chunk takes less than half of the time between checkpoints, halves when one takes longer
 * than that.
 */
final class ChunkSize {
  static final int FIRST = 1_000;
  static final long MAX_BYTES = 16L << 20;
  private static final int LARGEST = 1 << 24;

  private final Clock clock;
  private final CheckpointRule rule;
  private int records;
  private OptionalLong startedMillis = OptionalLong.empty();

  /**
   * @param rule when a checkpoint is due
   * @param attempt which attempt it is, from 1: each next one starts with a tenth of the records,
   *     in case a chunk was too much
   */
  ChunkSize(Clock clock, CheckpointRule rule, int attempt) {
    this.clock = clock;
    this.rule = rule;
    this.records = first(rule, attempt);
  }

  private static int first(CheckpointRule rule, int attempt) {
    if (rule instanceof CheckpointRule.Interval interval) {
      return interval.records();
    }
    int first = FIRST;
    for (int i = 1; i < attempt && first > 1; i++) {
      first /= 10;
    }
    return first;
  }

  /** The limit for the next chunk, in records; the time of the one before ends now. */
  int next() {
    long now = clock.millis();
    if (rule instanceof CheckpointRule.Every every && startedMillis.isPresent()) {
      adapt(Duration.ofMillis(now - startedMillis.getAsLong()), every.time());
    }
    startedMillis = OptionalLong.of(now);
    return records;
  }

  private void adapt(Duration took, Duration wanted) {
    if (took.multipliedBy(2).compareTo(wanted) < 0) {
      records = Math.min(records * 2, LARGEST);
    } else if (took.compareTo(wanted) > 0) {
      records = Math.max(records / 2, 1);
    }
  }
}
