package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Any file, any dialect, blocks of a few bytes: what several threads plan is what one thread plans
 * and what the byte by byte oracle finds; an error is the same error.
 */
final class PlanProperties {
  private static final Path FILE = temporary();

  /** With fewer blocks no thread helps. */
  private static final int LEAST_BLOCKS = 8;

  /** Blocks between two times that guesses are made good. */
  private static final int WINDOW = 4096;

  /**
   * What becomes of a file.
   *
   * @param plan its fingerprint cut down to the size; empty when the file has none
   * @param error why it has none
   */
  private record Outcome(Optional<Plan> plan, String error) {}

  @Property(tries = 1000)
  void aPlanIsTheSameOnAnyNumberOfThreads(
      @ForAll("files") String text,
      @ForAll("dialects") Dialect dialect,
      @ForAll @IntRange(min = 1, max = 64) int blockSize,
      @ForAll @IntRange(min = 2, max = 8) int threads)
      throws IOException {
    byte[] bytes = CsvTexts.in(dialect, text);

    check(bytes, dialect, Math.min(blockSize, bytes.length / LEAST_BLOCKS), threads);
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void soIsAPlanOfManyWindows(
      @ForAll("longFiles") String text,
      @ForAll("dialects") Dialect dialect,
      @ForAll @IntRange(min = 1, max = 3) int blockSize,
      @ForAll @IntRange(min = 2, max = 8) int threads)
      throws IOException {
    byte[] bytes = CsvTexts.in(dialect, text);

    assertThat(bytes.length).isGreaterThan(2 * WINDOW * blockSize);
    check(bytes, dialect, blockSize, threads);
  }

  @Provide
  Arbitrary<String> files() {
    return CsvTexts.files(2, 60);
  }

  @Provide
  Arbitrary<String> longFiles() {
    return CsvTexts.files(2500, 3000);
  }

  @Provide
  Arbitrary<Dialect> dialects() {
    return CsvTexts.dialects();
  }

  private static void check(byte[] bytes, Dialect dialect, int blockSize, int threads)
      throws IOException {
    Files.write(FILE, bytes);
    var shared = new SharedReads();
    Outcome one = planned(new MemoryChannel(bytes), dialect, blockSize, 1);
    Outcome many = planned(new MemoryChannel(bytes, shared), dialect, blockSize, threads);
    assertThat(many).as("%d threads and one", threads).isEqualTo(one);
    if (many.plan().isEmpty()) {
      assertThatThrownBy(() -> SerialPlan.of(FILE, bytes, dialect, blockSize))
          .as("the oracle's error")
          .isInstanceOf(CsvException.class)
          .hasMessage(many.error());
      return;
    }
    SerialPlan serial = SerialPlan.of(FILE, bytes, dialect, blockSize);
    Plan plan = many.plan().get();
    assertThat(plan).as("%d threads and the oracle", threads).isEqualTo(serial.plan());
    assertThat(shared.happened()).as("two threads have scanned").isTrue();
    for (int workers : List.of(1, 7, 100)) {
      assertThat(plan.ranges(1, workers))
          .allSatisfy(
              range -> assertThat(range).isEqualTo(serial.range(range.start(), range.end())));
    }
  }

  private static Outcome planned(MemoryChannel channel, Dialect dialect, int blockSize, int threads)
      throws IOException {
    try {
      Plan plan = Planner.plan(FILE, dialect, channel, blockSize, threads);
      return new Outcome(
          Optional.of(
              new Plan(
                  plan.file(),
                  new Fingerprint(plan.fingerprint().size(), 0, 0, 0, ""),
                  plan.dialect(),
                  plan.header(),
                  plan.recordCount(),
                  plan.dataStart(),
                  plan.dataEnd(),
                  plan.longestRecord(),
                  plan.index(),
                  plan.checksums())),
          "");
    } catch (CsvException e) {
      return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("plans", ".csv");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
