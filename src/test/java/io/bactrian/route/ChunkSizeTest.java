package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.template.CheckpointRule;
import io.bactrian.template.WorkerRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChunkSizeTest {
  private final HandClock clock = new HandClock();

  /** A clock that tests move. */
  private static final class HandClock extends Clock {
    private long micros;

    void pass(long more) {
      micros += more;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(0, micros * 1_000);
    }
  }

  /** What a range of many records cost. */
  private record Cost(long workMicros, long commitMicros, long longestMicros) {
    double share() {
      return commitMicros / (double) workMicros;
    }
  }

  @Test
  void checkpointsCostLessThanOnePercentAndLoseLessThanTheInterval() {
    for (long nanosPerRecord : new long[] {200, 2_000, 50_000}) {
      Cost cost = run(100_000_000_000L / nanosPerRecord, nanosPerRecord, 2_000);

      assertThat(cost.share()).as("%d ns a record", nanosPerRecord).isLessThan(0.01);
      assertThat(cost.longestMicros()).isLessThanOrEqualTo(1_000_000);
    }
  }

  @Test
  void aSlowRecordHalvesTheChunk() {
    var size = new ChunkSize(clock, every(Duration.ofSeconds(1)), 1, new Pace());
    int before = size.next();
    clock.pass(1_500_000);

    assertThat(size.next()).isEqualTo(before / 2);
  }

  @Test
  void theFirstChunkIsSmall() {
    assertThat(new ChunkSize(clock, every(Duration.ofSeconds(1)), 1, new Pace()).next())
        .isEqualTo(1_000);
  }

  @Test
  void aRangeStartsWhereTheOneBeforeHasCome() {
    var pace = new Pace();
    var before = new ChunkSize(clock, every(Duration.ofSeconds(1)), 1, pace);
    before.next();
    clock.pass(10_000);
    int reached = before.next();

    assertThat(reached).isGreaterThan(1_000);
    assertThat(new ChunkSize(clock, every(Duration.ofSeconds(1)), 1, pace).next())
        .isEqualTo(reached);
  }

  @Test
  void anAttemptAfterAFailureStartsSmallAllTheSame() {
    var pace = new Pace();
    pace.keep(50_000);

    assertThat(new ChunkSize(clock, every(Duration.ofSeconds(1)), 2, pace).next()).isEqualTo(100);
  }

  @Test
  void recordsThatBecomeObjectsGetAShareOfTheHeap() {
    assertThat(ChunkSize.maxBytes(6L << 30, 2)).isEqualTo(16 << 20);
    assertThat(ChunkSize.maxBytes(512L << 20, 2)).isEqualTo(4 << 20);
    assertThat(ChunkSize.maxBytes(512L << 20, 1)).isEqualTo(4 << 20);
    assertThat(ChunkSize.maxBytes(16L << 30, 64)).isEqualTo(4 << 20);
  }

  @Test
  void viewsMayHaveLargerChunks() {
    Runtime java = Runtime.getRuntime();
    assertThat(new ChunkSize(clock, every(Duration.ofSeconds(1)), 1, new Pace()).maxBytes())
        .isEqualTo(ChunkSize.maxBytes(java.maxMemory(), java.availableProcessors()));
    var views = new WorkerRules(CheckpointRule.STANDARD, WorkerRules.VIEWS, Optional.empty());
    assertThat(new ChunkSize(clock, views, 1, new Pace()).maxBytes()).isEqualTo(1 << 30);
  }

  private Cost run(long records, long nanosPerRecord, long commit) {
    var size = new ChunkSize(clock, every(Duration.ofSeconds(1)), 1, new Pace());
    var cost = new Cost(0, 0, 0);
    for (long left = records; left > 0; ) {
      long chunk = Math.min(size.next(), left);
      long work = chunk * nanosPerRecord / 1_000;
      clock.pass(work + commit);
      left -= chunk;
      cost =
          new Cost(
              cost.workMicros() + work,
              cost.commitMicros() + commit,
              Math.max(cost.longestMicros(), work + commit));
    }
    return cost;
  }

  private static WorkerRules every(Duration time) {
    return new WorkerRules(new CheckpointRule.Every(time), WorkerRules.MAPS, Optional.empty());
  }
}
