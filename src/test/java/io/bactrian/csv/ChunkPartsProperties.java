package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Any file, any chunks, any bad records: parts and bad records are the chunk, each record is in one
 * of them, and reading goes on as if the chunk had never been taken apart.
 */
final class ChunkPartsProperties {
  private static final Path FILE = temporary();
  private static final int ALL = Integer.MAX_VALUE;

  @Property(tries = 1000)
  void partsAndBadRecordsAreTheChunk(
      @ForAll("files") String text,
      @ForAll("dialects") Dialect dialect,
      @ForAll @IntRange(min = 8, max = 64) int blockSize,
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll @IntRange(min = 1, max = 40) int mostRecords,
      @ForAll @IntRange(min = 1, max = 400) int mostBytes,
      @ForAll Random random)
      throws IOException {
    Optional<Plan> plan = plan(CsvTexts.in(dialect, text), dialect, blockSize);
    if (plan.isEmpty()) {
      return; // it cannot be read
    }
    int of = List.of(1, 2, 5, 20, 1000).get(random.nextInt(5));
    var bad = new HashSet<Long>();
    for (long ordinal = 1; ordinal <= plan.get().recordCount(); ordinal++) {
      if (random.nextInt(of) == 0) {
        bad.add(ordinal);
      }
    }
    for (Range range : plan.get().ranges(1, workers)) {
      var handler = new PartsInSteps.Blames(view -> bad.contains(view.ordinal()));
      Set<Long> aside = workOff(plan.get(), range, mostRecords, mostBytes, handler);

      Set<Long> declared =
          bad.stream()
              .filter(ordinal -> range.start() <= ordinal && ordinal < range.end())
              .collect(Collectors.toSet());
      assertThat(aside)
          .as("those with too few fields as well")
          .containsAll(declared)
          .allMatch(ordinal -> declared.contains(ordinal) || handler.isRagged(ordinal));
    }
  }

  @Property(tries = 400)
  void soTheyAreWhenEachCallFindsOthersBad(
      @ForAll("files") String text,
      @ForAll("dialects") Dialect dialect,
      @ForAll @IntRange(min = 1, max = 40) int mostRecords,
      @ForAll @IntRange(min = 1, max = 10) int of,
      @ForAll Random random)
      throws IOException {
    Optional<Plan> plan = plan(CsvTexts.in(dialect, text), dialect, 64);
    if (plan.isEmpty()) {
      return;
    }
    for (Range range : plan.get().ranges(1, 2)) {
      var handler = new PartsInSteps.Blames(view -> random.nextInt(of) == 0);
      Set<Long> unused = workOff(plan.get(), range, mostRecords, ALL, handler);

      assertThat((long) handler.calls())
          .as("a call that fails makes its part shorter")
          .isLessThanOrEqualTo(2 * range.size() * mostRecords + range.size());
    }
  }

  /** Works a range off, chunk by chunk, beside a reader that takes no chunk apart. */
  private static Set<Long> workOff(
      Plan plan, Range range, int mostRecords, int mostBytes, PartsInSteps.Blames handler) {
    var aside = new HashSet<Long>();
    try (RangeReader reader = RangeReader.open(plan, range);
        RangeReader undivided = RangeReader.open(plan, range)) {
      while (reader.hasNext()) {
        Chunk chunk = reader.next(mostRecords, mostBytes).orElseThrow();
        Chunk whole = undivided.next(mostRecords, mostBytes).orElseThrow();
        assertThat(chunk.startOffset()).isEqualTo(whole.startOffset());
        var steps = new PartsInSteps(plan, range, chunk);
        aside.addAll(steps.workOff(handler));
        assertThat(chunk.after()).isEqualTo(whole.after());
      }
      assertThat(undivided.hasNext()).isFalse();
      assertThat(reader.next(1, 1)).as("the CRC of the range is right").isEmpty();
    }
    return aside;
  }

  @Example
  void thousandsOfBadRecordsInARowAreHeldAThousandAtATime() throws IOException {
    List<Integer> held = held(IntStream.range(0, 5500).mapToObj(i -> "n" + i));

    assertThat(held).containsExactly(1000, 1000, 1000, 1000, 1000, 500);
  }

  @Example
  void longBadRecordsAreHeldUntilTheyAreFourMegabytes() throws IOException {
    List<Integer> held = held(IntStream.range(0, 12).mapToObj(i -> ("" + i % 10).repeat(1 << 20)));

    assertThat(held).as("each has its line end, too").containsExactly(4, 4, 4);
  }

  /** How many bad records stand before each part of a chunk in which all are. */
  private static List<Integer> held(Stream<String> lines) throws IOException {
    String text = lines.collect(Collectors.joining("\n", "h\n", "\n"));
    Plan plan = plan(text.getBytes(Dialect.rfc4180().charset()), Dialect.rfc4180(), 4096).get();
    Range range = plan.ranges(1, 1).get(0);
    try (RangeReader reader = RangeReader.open(plan, range)) {
      Chunk chunk = reader.next(ALL, Long.MAX_VALUE).orElseThrow();
      var steps = new PartsInSteps(plan, range, chunk);
      Set<Long> unused = steps.workOff(new PartsInSteps.Blames(view -> true));
      assertThat(chunk.after().crc()).isEqualTo(range.crc());
      return steps.held();
    }
  }

  @Provide
  Arbitrary<String> files() {
    return CsvTexts.files(2, 60);
  }

  @Provide
  Arbitrary<Dialect> dialects() {
    return CsvTexts.dialects();
  }

  private static Optional<Plan> plan(byte[] bytes, Dialect dialect, int blockSize)
      throws IOException {
    Files.write(FILE, bytes);
    try {
      return Optional.of(
          Planner.plan(
              FILE, dialect, new MemoryChannel(bytes), Math.min(blockSize, bytes.length), 1));
    } catch (CsvException e) {
      return Optional.empty();
    }
  }

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("parts", ".csv");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
