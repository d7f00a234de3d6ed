package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Any file, any division: the records of the ranges are the records of a serial read by
 * commons-csv.
 */
final class RangeProperties {
  private static final Path FILE = temporary();

  @Property(tries = 400)
  void rangesReadWhatASerialReadReads(
      @ForAll("files") String text,
      @ForAll @IntRange(min = 1, max = 7) int batchSize,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll @IntRange(min = 1, max = 5) int chunk)
      throws IOException {
    Files.writeString(FILE, text);
    List<List<String>> serial = oracle(text);
    Plan plan = Planner.plan(FILE, Dialect.rfc4180());
    List<Range> ranges = plan.ranges(batchSize, workers);
    var read = new ArrayList<List<String>>();
    for (Range range : ranges) {
      read(plan, range, chunk, read);
    }

    assertThat(plan.header()).isEqualTo(serial.get(0));
    assertThat(read).isEqualTo(serial.subList(1, serial.size()));
    assertThat(plan.recordCount()).isEqualTo(serial.size() - 1);
    assertThat(ranges)
        .hasSize((int) Math.min((plan.recordCount() + batchSize - 1) / batchSize, workers))
        .allMatch(range -> range.size() >= 1)
        .allMatch(range -> Math.abs(range.size() - ranges.get(0).size()) <= 1);
  }

  @Property(tries = 200)
  void aSliceIsTheSliceOfAFullRead(
      @ForAll("files") String text,
      @ForAll @IntRange(max = 12) int from,
      @ForAll @IntRange(max = 12) int to)
      throws IOException {
    Files.writeString(FILE, text);
    List<List<String>> serial = oracle(text);
    var slice = new ArrayList<List<String>>();
    CsvFile.forEach(FILE, Dialect.rfc4180(), from, to, r -> slice.add(r.fields()));

    int start = Math.min(from, serial.size());
    assertThat(slice)
        .isEqualTo(serial.subList(start, Math.max(start, Math.min(to, serial.size()))));
  }

  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> plain = Arbitraries.strings().withChars("ab Zé茶'#;\\\t").ofMaxLength(6);
    Arbitrary<String> quoted =
        Arbitraries.strings()
            .withChars("ab,\"\n\ré ")
            .ofMaxLength(8)
            .map(field -> '"' + field.replace("\"", "\"\"") + '"');
    Arbitrary<String> field =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, plain), net.jqwik.api.Tuple.of(2, quoted));
    Arbitrary<String> line = field.list().ofMinSize(1).ofMaxSize(4).map(f -> String.join(",", f));
    Arbitrary<String> end = Arbitraries.of("\n", "\r\n", "\r", "\n\n");
    Arbitrary<String> lines =
        line.flatMap(l -> end.map(e -> l + e)).list().ofMaxSize(12).map(l -> String.join("", l));
    Arbitrary<String> last = Arbitraries.of("", "tail,\"no end\"", "x");
    return Arbitraries.of("", "\ufeff")
        .flatMap(bom -> lines.flatMap(l -> last.map(t -> bom + "h1,h2\n" + l + t)));
  }

  private static void read(Plan plan, Range range, int chunk, List<List<String>> into) {
    try (RangeReader reader = RangeReader.open(plan.file(), plan.dialect(), range)) {
      long next = range.startOffset();
      for (Optional<Chunk> c = reader.next(chunk, 64); c.isPresent(); c = reader.next(chunk, 64)) {
        assertThat(c.get().startOffset()).isEqualTo(next);
        c.get().records().forEach(r -> into.add(r.fields()));
        next = c.get().endOffset();
      }
      assertThat(next).isLessThanOrEqualTo(range.endOffset());
    }
  }

  private static List<List<String>> oracle(String text) throws IOException {
    String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new java.io.StringReader(unmarked))) {
      return parser.stream().map(CSVRecord::toList).toList();
    }
  }

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("ranges", ".csv");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
