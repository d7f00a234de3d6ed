package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlannerTest {
  @TempDir private Path folder;

  @Test
  void quotedLineBreaksAreNoRecords() {
    assertThat(plan("a,b\n1,\"x\ny\r\nz\"\n2,w\n").recordCount()).isEqualTo(2);
  }

  @Test
  void allLineEndsCountAlsoMixed() {
    assertThat(plan("a\n1\r\n2\r3\n4").recordCount()).isEqualTo(4);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeader() {
    assertThat(plan("\ufeffa,b\n1,2\n").header()).containsExactly("a", "b");
  }

  @Test
  void emptyLinesAreNoRecordsUnlessKept() {
    assertThat(plan("a\n\n1\n\n\n2\n\n").recordCount()).isEqualTo(2);
    assertThat(records("a\n\n1\n", Map.of("keep_blank_lines", true)))
        .containsExactly(List.of("a"), List.of(""), List.of("1"));
  }

  @Test
  void theLastRecordNeedsNoLineEnd() {
    assertThat(plan("a\n1\n2").recordCount()).isEqualTo(2);
  }

  @Test
  void aQuoteInsideAnUnquotedFieldIsText() {
    assertThat(records("a,b\nx\"y,\"p\"\"q\"\n", Map.of()))
        .containsExactly(List.of("a", "b"), List.of("x\"y", "p\"q"));
  }

  @Test
  void anUnclosedQuoteNamesWhereItOpened() {
    assertThatThrownBy(() -> plan("a,b\n1,\"x\n2,y\n"))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining(
            "record 1 at byte 4: column 2: the quote opened at byte 6 is never closed");
  }

  @Test
  void textAfterAClosingQuoteIsAnError() {
    assertThatThrownBy(() -> plan("a\n\"x\"y\n"))
        .hasMessageContaining("record 1 at byte 2: byte 5 after a closing quote is 0x79");
  }

  @Test
  void malformedBytesAreAnErrorWithTheirPlace() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "a,b\n1,é\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> CsvFile.forEach(file, Dialect.rfc4180(), 0, 9, r -> {}))
        .hasMessageContaining("record 1 at byte 4: column 2: byte 6 is not UTF-8");
  }

  @Test
  void aFileWithoutHeaderLineIsRefused() {
    assertThatThrownBy(() -> plan(""))
        .hasMessageContaining("is empty, it has no header; allowed: a header line");
    assertThat(plan("a,b\n").recordCount()).isZero();
  }

  @Test
  void missingFilesAndDirectoriesAreNamed() {
    assertThatThrownBy(() -> Planner.plan(folder, Dialect.rfc4180()))
        .hasMessage(folder + " is a directory; allowed: a readable file");
    Path gone = folder.resolve("gone.csv");
    assertThatThrownBy(() -> Planner.plan(gone, Dialect.rfc4180()))
        .hasMessage(gone + " does not exist; allowed: a readable file");
  }

  @Test
  void anInterruptionIsNamedAndKept() {
    Path file = write("a\n1\n");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Planner.plan(file, Dialect.rfc4180()))
        .isInstanceOf(CsvReadException.class)
        .hasMessage(file + " cannot be read: ClosedByInterruptException");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void dialectsAreReadFromNamesAndValues() {
    assertThat(
            records(
                "# note\na;'b;c';d\\;e\n",
                Map.of(
                    "delimiter",
                    ";",
                    "quote",
                    "'",
                    "escape",
                    "\\",
                    "comment",
                    "#",
                    "header",
                    false)))
        .containsExactly(List.of("a", "b;c", "d;e"));
  }

  @Test
  void aRangeSeeksAndAChangedFileIsRefused() throws IOException {
    Path file = write("a\n1\n22\n333\n");
    Plan plan = Planner.plan(file, Dialect.rfc4180());

    assertThat(plan.range(2, 4)).isEqualTo(new Range(2, 4, 4, 11, crc("22\n333\n")));
    plan.checkUnchanged();
    Files.writeString(file, "a\n1\n22\n334\n");
    assertThatThrownBy(plan::checkUnchanged)
        .hasMessageContaining("input changed")
        .hasMessageContaining("first 64 KiB have changed");
  }

  @Test
  void batchesAreBalancedTheLargerFirst() {
    Plan plan = plan("a\n" + "x\n".repeat(11));

    assertThat(plan.ranges(2, 5)).extracting(Range::size).containsExactly(3L, 2L, 2L, 2L, 2L);
    assertThat(plan.ranges(200, 5)).extracting(Range::size).containsExactly(11L);
    assertThat(plan("a\n").ranges(2, 5)).isEmpty();
  }

  @Test
  void anIndexOfManyRecordsKeepsItsSize() {
    Plan plan = plan("a\n" + "x\n".repeat(3_000_000));

    assertThat(plan.index().encode()).hasSizeLessThan(200_000);
    assertThat(plan.range(2_999_999, 3_000_001).startOffset()).isEqualTo(2 + 2 * 2_999_998L);
    assertThat(RecordIndex.decode(plan.index().encode())).isEqualTo(plan.index());
  }

  private Plan plan(String text) {
    return Planner.plan(write(text), Dialect.rfc4180());
  }

  private List<List<String>> records(String text, Map<String, Object> dialect) {
    var records = new ArrayList<List<String>>();
    CsvFile.forEach(
        write(text), Dialect.fromMap(dialect), 0, Long.MAX_VALUE, r -> records.add(r.fields()));
    return records;
  }

  private static long crc(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("file.csv"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
