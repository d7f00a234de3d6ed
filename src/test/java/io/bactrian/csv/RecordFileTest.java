package io.bactrian.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of some records of another: what it holds, and that it is read as they were. */
final class RecordFileTest {
  @TempDir private Path folder;

  @Test
  void itIsTheHeaderAndThenEachRecordByteForByte() throws IOException {
    assertThat(text(Map.of(), List.of("a", "b"), "1,\"x\r\ny\"\r\n", "2, \u00e9 \n", "3,z"))
        .isEqualTo("a,b\r\n1,\"x\r\ny\"\r\n2, \u00e9 \n3,z");
  }

  @Test
  void aRecordWithoutALineEndGetsOneIfAnotherFollows() throws IOException {
    assertThat(text(Map.of(), List.of("a"), "1\r", "2", "3")).isEqualTo("a\r1\r2\r3");
    assertThat(text(Map.of(), List.of("a"), "1", "2\r\n")).isEqualTo("a\n1\n2\r\n");
  }

  @Test
  void withoutAHeaderItIsTheRecordsAlone() throws IOException {
    assertThat(text(Map.of("header", false), List.of(), "1,2\n", "3,4\n")).isEqualTo("1,2\n3,4\n");
  }

  @Test
  void withoutRecordsItIsTheHeader() throws IOException {
    assertThat(text(Map.of(), List.of("a", "b"))).isEqualTo("a,b\n");
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() throws IOException {
    byte[] broken = {'1', ',', (byte) 0xff, 0, (byte) 0x80, '\n'};

    byte[] file = file(Map.of(), List.of("a", "b"), List.of(broken)).readAllBytes();

    assertThat(Arrays.copyOfRange(file, 4, file.length)).isEqualTo(broken);
  }

  @Test
  void itIsReadAByteAtATimeAsWell() throws IOException {
    RecordFile file = file(Map.of(), List.of("a"), List.of("1\n".getBytes(UTF_8)));
    var bytes = new ArrayList<Integer>();
    for (int b = file.read(); b >= 0; b = file.read()) {
      bytes.add(b);
    }

    assertThat(bytes).containsExactly((int) 'a', (int) '\n', (int) '1', (int) '\n');
    assertThat(file.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  /**
   * Names in a dialect, and how their line is written.
   *
   * @param line without its end
   */
  private record Case(Map<String, Object> dialect, List<String> names, String line) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Map.of(), List.of("plain", "", " blanks "), "plain,, blanks "),
        new Case(
            Map.of(),
            List.of("a,b", "\"q\"", "two\nlines"),
            "\"a,b\",\"\"\"q\"\"\",\"two\nlines\""),
        new Case(Map.of(), List.of(""), "\"\""),
        new Case(Map.of(), List.of("\ufeffmarked"), "\"\ufeffmarked\""),
        new Case(Map.of("comment", "#"), List.of("#a", "#b"), "\"#a\",#b"),
        new Case(Map.of("delimiter", "tab"), List.of("a\tb", "c,d"), "\"a\tb\"\tc,d"),
        new Case(Map.of("delimiter", ";", "quote", "'"), List.of("it's", "\""), "'it''s';\""),
        new Case(Map.of("escape", "\\"), List.of("\\", "\\\"", "\\n"), "\\\\,\"\\\\\"\"\",\\\\n"),
        new Case(
            Map.of("quote", "none", "escape", "\\"),
            List.of("a,b", "two\r\nlines", "\\"),
            "a\\,b,two\\\r\\\nlines,\\\\"),
        new Case(Map.of("quote", "none"), List.of("a\"", "\"b"), "a\",\"b"),
        new Case(
            Map.of("charset", "windows-1252"),
            List.of("Stra\u00dfe", "\u20ac"),
            "Stra\u00dfe,\u20ac"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aReaderOfTheDialectReadsTheSameNames(Case each) throws IOException {
    Dialect dialect = Dialect.fromMap(each.dialect());
    byte[] record = "r\n".getBytes(UTF_8);
    byte[] bytes = file(each.dialect(), each.names(), List.of(record)).readAllBytes();
    Path file = Files.write(folder.resolve("rejects.csv"), bytes);

    assertThat(new String(bytes, dialect.charset())).isEqualTo(each.line() + "\nr\n");
    assertThat(fields(file, dialect)).containsExactly(each.names(), List.of("r"));
    assertThat(Planner.plan(file, dialect).header()).isEqualTo(each.names());
  }

  private static List<List<String>> fields(Path file, Dialect dialect) {
    var records = new ArrayList<List<String>>();
    CsvFile.forEach(file, dialect, 0, Long.MAX_VALUE, record -> records.add(record.fields()));
    return records;
  }

  private static String text(Map<String, Object> dialect, List<String> header, String... records)
      throws IOException {
    Charset charset = Dialect.fromMap(dialect).charset();
    List<byte[]> bytes = Stream.of(records).map(record -> record.getBytes(charset)).toList();
    return new String(file(dialect, header, bytes).readAllBytes(), charset);
  }

  private static RecordFile file(
      Map<String, Object> dialect, List<String> header, List<byte[]> records) {
    return new RecordFile(Dialect.fromMap(dialect), header, records.iterator());
  }
}
