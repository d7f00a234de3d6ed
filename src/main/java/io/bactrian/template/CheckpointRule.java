package io.bactrian.template;

import java.time.Duration;

/** When a batch worker saves its position: {@code checkpoint: {every: 1s}} or {@code interval}. */
public sealed interface CheckpointRule {
  /** What a step has that says nothing: once a second of work. */
  CheckpointRule STANDARD = new Every(Duration.ofSeconds(1));

  /**
   * By time: chunks grow and shrink until one takes about this long.
   *
   * @param time at least 1 ms
   */
  record Every(Duration time) implements CheckpointRule {
    public Every {
      if (time.toMillis() < 1) {
        throw new IllegalArgumentException("every=%s; allowed: at least 1 ms".formatted(time));
      }
    }
  }

  /**
   * By records: each chunk has this many, the last what is left.
   *
   * @param records at least 1
   */
  record Interval(int records) implements CheckpointRule {
    public Interval {
      if (records < 1) {
        throw new IllegalArgumentException("interval=%d; allowed: at least 1".formatted(records));
      }
    }
  }
}
