package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A range whose bytes are no longer the planned ones does not complete. */
final class ChangedInputTest {
  private static final int RECORDS = 20_000;

  @TempDir private Path folder;
  private Path file;
  private Plan plan;

  @BeforeEach
  void planAFile() throws IOException {
    file = folder.resolve("numbers.csv");
    var random = new Random(5);
    var text = new StringBuilder("id,text\n");
    for (int i = 1; i <= RECORDS; i++) {
      text.append(i).append(",\"").append("x".repeat(random.nextInt(90))).append("\n\"\n");
    }
    Files.writeString(file, text);
    plan = Planner.plan(file, Dialect.rfc4180());
  }

  @Test
  void everyRangeKnowsTheCrcOfItsBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (Range range : plan.ranges(7, 31)) {
      var crc = new CRC32();
      crc.update(bytes, (int) range.startOffset(), (int) (range.endOffset() - range.startOffset()));
      assertThat(range.crc()).isEqualTo(crc.getValue());
    }
  }

  @Test
  void unchangedBytesComplete() {
    for (Range range : plan.ranges(1, 9)) {
      assertThat(read(range, Position.startOf(range), Integer.MAX_VALUE).ordinal())
          .isEqualTo(range.end());
    }
  }

  @Test
  void anEditInPlaceOfTheSameSizeIsFound() throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    Range range = plan.range(5_000, 15_000);
    edit((range.startOffset() + range.endOffset()) / 2);
    Files.setLastModifiedTime(file, modified);

    plan.checkUnchanged();
    assertThatThrownBy(() -> read(range, Position.startOf(range), Integer.MAX_VALUE))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining(
            "input changed since it was planned: the CRC-32 of records [5000, 15000)");
  }

  @Test
  void anEditAfterTheRangeIsNoMatter() throws IOException {
    Range range = plan.range(1, 1_000);
    edit(range.endOffset() + 50);

    assertThat(read(range, Position.startOf(range), Integer.MAX_VALUE).ordinal()).isEqualTo(1_000);
  }

  @Test
  void aResumedRangeCarriesItsCrc() {
    Range range = plan.range(100, 9_000);
    Position half = read(range, Position.startOf(range), 3);

    assertThat(half.ordinal()).isBetween(101L, 8_999L);
    assertThat(read(range, half, Integer.MAX_VALUE).ordinal()).isEqualTo(9_000);
  }

  @Test
  void bytesThatWereOthersWhenTheyWereReadAreFoundAfterAResume() throws IOException {
    Range range = plan.range(100, 9_000);
    byte[] planned = Files.readAllBytes(file);
    edit(range.startOffset() + 30);
    Position half = read(range, Position.startOf(range), 3);
    Files.write(file, planned);

    assertThatThrownBy(() -> read(range, half, Integer.MAX_VALUE))
        .hasMessageContaining("input changed");
  }

  @Test
  void aTruncatedFileIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 500));

    assertThatThrownBy(plan::checkUnchanged).hasMessageContaining("its size was");
    assertThatThrownBy(() -> plan.range(RECORDS - 5, RECORDS + 1))
        .hasMessageContaining("input changed");
  }

  @Test
  void aDivisionKeepsItsRangesAsBytes() {
    var division = new Division(plan, plan.ranges(100, 7));

    Division decoded = Division.decode(plan, division.encodeRanges());
    assertThat(decoded).isEqualTo(division);
    Range third = division.ranges().get(2);
    assertThat(decoded.range(third.start(), third.end())).isEqualTo(third);
    assertThat(decoded.range(5, 50)).isEqualTo(plan.range(5, 50));
  }

  @Test
  void checksumsOfPartsMakeTheChecksumOfTheWhole() {
    byte[] bytes = new byte[10_000];
    new Random(3).nextBytes(bytes);
    for (int cut : List.of(0, 1, 17, 4_096, 9_999, 10_000)) {
      long first = Crc.of(bytes, 0, cut);
      long second = Crc.of(bytes, cut, bytes.length - cut);
      assertThat(Crc.combine(first, second, bytes.length - cut))
          .isEqualTo(Crc.of(bytes, 0, bytes.length));
    }
  }

  private Position read(Range range, Position from, int chunks) {
    Position at = from;
    try (RangeReader reader = RangeReader.resume(plan, range, from)) {
      for (int i = 0; i < chunks && reader.hasNext(); i++) {
        Chunk chunk = reader.next(900, 1 << 20).orElseThrow();
        if (i % 2 == 0) {
          chunk.views().forEach(view -> assertThat(view.fieldCount()).isEqualTo(2));
        } else {
          assertThat(chunk.records()).hasSize(chunk.recordCount());
        }
        at = chunk.after();
      }
    }
    return at;
  }

  /** Changes the next x at or after a place to a y. */
  private void edit(long from) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = (int) from;
    while (bytes[at] != 'x') {
      at++;
    }
    bytes[at] = 'y';
    Files.write(file, bytes);
  }
}
