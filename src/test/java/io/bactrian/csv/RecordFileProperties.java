package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any file, any dialect: a file made of some of its records is read as those records. */
final class RecordFileProperties {
  private static final Path FILE = temporary();
  private static final Path PART = temporary();

  @Property(tries = 1000)
  void someRecordsOfAFileAreReadAsTheyWereInIt(
      @ForAll("files") String text, @ForAll("dialects") Dialect dialect, @ForAll int which)
      throws IOException {
    byte[] bytes = CsvTexts.in(dialect, text);
    Files.write(FILE, bytes);
    List<String> header;
    List<List<String>> fields = new ArrayList<>();
    try {
      header = Planner.plan(FILE, dialect).header();
      CsvFile.forEach(FILE, dialect, 1, Long.MAX_VALUE, record -> fields.add(record.fields()));
    } catch (CsvException e) {
      return; // Of a file that cannot be read nothing is set aside.
    }
    List<byte[]> records = records(bytes, dialect);
    List<Integer> some =
        IntStream.range(0, records.size())
            .filter(i -> (which >>> (i % 32) & 1) == 1)
            .boxed()
            .toList();

    write(dialect, header, some.stream().map(records::get).toList());

    assertThat(records).hasSameSizeAs(fields);
    if (dialect.header() || !some.isEmpty()) {
      assertThat(Planner.plan(PART, dialect).header()).isEqualTo(header);
    }
    List<List<String>> read = new ArrayList<>();
    CsvFile.forEach(PART, dialect, 1, Long.MAX_VALUE, record -> read.add(record.fields()));
    assertThat(read).isEqualTo(some.stream().map(fields::get).toList());
  }

  /** The bytes of each record, without its neighbours' blank lines and comments. */
  private static List<byte[]> records(byte[] file, Dialect dialect) throws IOException {
    var records = new ArrayList<byte[]>();
    RecordScanner scanner = Planner.scanner(FILE, dialect, new MemoryChannel(file));
    while (scanner.next()) {
      if (scanner.ordinal() > 0) {
        records.add(Arrays.copyOfRange(file, (int) scanner.start(), (int) scanner.end()));
      }
    }
    return records;
  }

  @Property(tries = 2000)
  void anyNamesAreReadAsTheSameNames(
      @ForAll("names") List<String> names, @ForAll("quotingDialects") Dialect dialect)
      throws IOException {
    write(dialect, names, List.of());

    assertThat(Planner.plan(PART, dialect).header()).isEqualTo(names);
  }

  @Provide
  Arbitrary<String> files() {
    return CsvTexts.files(2, 12);
  }

  @Provide
  Arbitrary<Dialect> dialects() {
    return CsvTexts.dialects();
  }

  @Provide
  Arbitrary<List<String>> names() {
    String[] pieces = {
      "a", "n", "é", " ", ",", ";", "\t", "\"", "'", "\\", "#", "\n", "\r", "\r\n", "\ufeff"
    };
    return Arbitraries.of(pieces)
        .list()
        .ofMaxSize(5)
        .map(all -> String.join("", all))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** Those in which any name can be written. */
  @Provide
  Arbitrary<Dialect> quotingDialects() {
    return Arbitraries.maps(
            Arbitraries.of("comment", "escape", "quotes", "delimiter", "quote", "blank"),
            Arbitraries.just(true))
        .map(RecordFileProperties::dialect);
  }

  private static Dialect dialect(Map<String, Boolean> odd) {
    var keys = new HashMap<String, Object>();
    Map<String, Object> values =
        Map.of("comment", "#", "escape", "\\", "quotes", "strict", "delimiter", ";", "quote", "'");
    odd.keySet().stream()
        .filter(values::containsKey)
        .forEach(key -> keys.put(key, values.get(key)));
    keys.put("keep_blank_lines", odd.containsKey("blank"));
    return Dialect.fromMap(keys);
  }

  private static void write(Dialect dialect, List<String> header, List<byte[]> records)
      throws IOException {
    Files.write(PART, new RecordFile(dialect, header, records.iterator()).readAllBytes());
  }

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("records", ".csv");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
