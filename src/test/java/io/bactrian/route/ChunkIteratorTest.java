package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.RangeReader;
import io.bactrian.step.Ending;
import io.bactrian.step.GivenResults;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepLease;
import io.bactrian.step.WorkerLease;
import io.bactrian.template.CheckpointRule;
import io.bactrian.template.WorkerRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chunks of a range, asked for as a Splitter does: twice for each. */
final class ChunkIteratorTest {
  @TempDir private Path folder;
  private final RunningStep step = new RunningStep(lease(), new GivenResults(List.of()));
  private Path file = Path.of("in.csv");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("in.csv");
    Files.writeString(file, "n\n1\n2\n3\n4\n5\n");
  }

  @Test
  void committedChunksAreFollowedByTheNext() {
    ChunkIterator chunks = chunks();
    for (long position = 1; position <= 5; position += 2) {
      assertThat(chunks.hasNext()).isTrue();
      assertThat(chunks.next().firstOrdinal()).isEqualTo(position);
      assertThat(chunks.hasNext()).isEqualTo(position < 5);
      step.position().propose(new Checkpoint(position + 2, 0, Map.of(), 0, 0, 0, 0));
      step.committed();
    }
    assertThat(chunks.hasNext()).isFalse();
  }

  @Test
  void aChunkWhoseCheckpointWaitsForTheEndOfTheStepHasNotFailed() {
    ChunkIterator chunks = chunks();
    assertThat(chunks.hasNext()).isTrue();
    assertThat(chunks.next().firstOrdinal()).isEqualTo(1);
    assertThat(chunks.hasNext()).as("before the chunk is processed").isTrue();
    step.endWith(new Checkpoint(3, 0, Map.of(), 0, 0, 0, 0));
    assertThat(chunks.hasNext()).isTrue();
  }

  @Test
  void theRestIsNotReadAfterAChunkThatFailed() {
    ChunkIterator chunks = chunks();
    assertThat(chunks.hasNext()).isTrue();
    assertThat(chunks.next().firstOrdinal()).isEqualTo(1);
    assertThat(chunks.hasNext()).as("before the chunk is processed").isTrue();
    assertThat(chunks.hasNext()).as("it has not committed").isFalse();
  }

  @Test
  void aRunToldToEndGetsNoFurtherChunk() {
    ChunkIterator chunks = chunks();
    assertThat(chunks.hasNext()).isTrue();
    step.end(Ending.NODE_DRAINS);
    assertThat(chunks.hasNext()).isFalse();
  }

  private ChunkIterator chunks() {
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    return new ChunkIterator(
        step,
        RangeReader.open(plan, plan.range(1, 6)),
        new ChunkSize(
            Clock.systemUTC(),
            new WorkerRules(new CheckpointRule.Interval(2), WorkerRules.MAPS, Optional.empty()),
            1,
            new Pace()));
  }

  private static StepLease lease() {
    return WorkerLease.of(UUID.randomUUID(), UUID.randomUUID());
  }
}
