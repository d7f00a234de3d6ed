package io.bactrian.route;

import io.bactrian.template.CheckpointRule;
import io.bactrian.template.WorkerRules;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many records the next chunk gets. By records: always as many. By time: starts small, or where
 * the ranges before have come to, grows while a chunk takes less than half of the time between
 * checkpoints, up to sixteenfold when that is far away, and halves when one takes longer than that
 * time. A chunk's time includes its commit, so that few commits are spent on the way and those
 * after it weigh little.
 */
final class ChunkSize {
  static final int FIRST = 1_000;
  static final long MAX_BYTES = 16L << 20;

  /** Short fields take up to thirty times their bytes as text in maps. */
  private static final long HEAP_SHARE = 64;

  /** Views walk a chunk through a window: its bytes cost no memory. */
  static final long MAX_BYTES_OF_VIEWS = 1L << 30;

  private static final int LARGEST = 1 << 24;
  private static final long FASTEST_GROWTH = 16;

  private final Clock clock;
  private final CheckpointRule rule;
  private final long maxBytes;
  private final Pace pace;
  private int records;
  private OptionalLong startedMillis = OptionalLong.empty();

  /**
   * @param rules of the worker: when a checkpoint is due, and the form of its records
   * @param attempt which attempt it is, from 1: each next one starts with a tenth of the records,
   *     in case a chunk was too much
   * @param pace of the ranges before
   */
  ChunkSize(Clock clock, WorkerRules rules, int attempt, Pace pace) {
    this.clock = clock;
    this.rule = rules.checkpoint();
    Runtime java = Runtime.getRuntime();
    this.maxBytes =
        rules.rows().equals(WorkerRules.VIEWS)
            ? MAX_BYTES_OF_VIEWS
            : maxBytes(java.maxMemory(), java.availableProcessors());
    this.pace = pace;
    this.records = first(attempt);
  }

  /**
   * The limit for a chunk whose records become objects: with a slot for each processor, about half
   * of the heap at the worst.
   */
  static long maxBytes(long heap, int processors) {
    return Math.min(MAX_BYTES, heap / HEAP_SHARE / Math.max(2, processors));
  }

  private int first(int attempt) {
    if (rule instanceof CheckpointRule.Interval interval) {
      return interval.records();
    }
    int first = attempt == 1 ? pace.orElse(FIRST) : FIRST;
    for (int i = 1; i < attempt && first > 1; i++) {
      first /= 10;
    }
    return first;
  }

  /** The limit for a chunk, in bytes. */
  long maxBytes() {
    return maxBytes;
  }

  /** The limit for the next chunk, in records; the time of the one before ends now. */
  int next() {
    long now = clock.millis();
    if (rule instanceof CheckpointRule.Every every && startedMillis.isPresent()) {
      adapt(Duration.ofMillis(now - startedMillis.getAsLong()), every.time());
      pace.keep(records);
    }
    startedMillis = OptionalLong.of(now);
    return records;
  }

  private void adapt(Duration took, Duration wanted) {
    if (took.multipliedBy(2).compareTo(wanted) < 0) {
      long half = wanted.toMillis() / 2;
      long growth = half / Math.max(took.toMillis(), 1);
      records = (int) Math.min(records * Math.max(2, Math.min(growth, FASTEST_GROWTH)), LARGEST);
    } else if (took.compareTo(wanted) > 0) {
      records = Math.max(records / 2, 1);
    }
  }
}
