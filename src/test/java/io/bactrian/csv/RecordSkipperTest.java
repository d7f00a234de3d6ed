package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passing records in blocks leaves the records that a byte by byte reader finds after them. */
final class RecordSkipperTest {
  private static final Path FILE = Path.of("bytes.csv");

  static Stream<SpecCase> cases() {
    return SpecCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatFollowsIsWhatASerialReadFinds(SpecCase spec) throws IOException {
    var channel = new MemoryChannel(spec.bytes());
    List<String> all = rest(Planner.scanner(FILE, spec.dialect(), channel));
    for (int block : List.of(1, 2, 3, 5, 8, 64)) {
      for (int passed = 0; passed < all.size(); passed++) {
        RecordScanner begin = Planner.scanner(FILE, spec.dialect(), channel);
        long first = begin.ordinal() + 1;
        var skipper = new RecordSkipper(channel, spec.dialect(), first, begin.end(), block);
        skipper.skipTo(first + passed);

        assertThat(skipper.ordinal()).isBetween(first, first + passed);
        int left = (int) (skipper.ordinal() - first);
        assertThat(rest(scanner(skipper, channel, spec.dialect())))
            .as("%d records passed in blocks of %d bytes", left, block)
            .isEqualTo(all.subList(left, all.size()));
      }
    }
  }

  @Test
  void recordsLongerThanABlockArePassed() throws IOException {
    String text = "a,\"%s\n\"\n".formatted("x".repeat(700)).repeat(40) + "last\n";
    Dialect dialect = Dialect.fromMap(Map.of("header", false));
    var channel = new MemoryChannel(text.getBytes(StandardCharsets.UTF_8));
    var skipper = new RecordSkipper(channel, dialect, 1, 0, 64);
    skipper.skipTo(41);

    assertThat(skipper.ordinal()).isEqualTo(41);
    assertThat(skipper.offset()).isEqualTo(text.length() - "last\n".length());
  }

  @Test
  void aRunawayQuoteIsLeftToTheReaderThatNamesIt() throws IOException {
    String text = "a\nb\n\"" + "x".repeat(5_000);
    Dialect dialect = Dialect.fromMap(Map.of("header", false, "max_record_bytes", 100));
    var channel = new MemoryChannel(text.getBytes(StandardCharsets.UTF_8));
    var skipper = new RecordSkipper(channel, dialect, 1, 0, 64);
    skipper.skipTo(9);

    assertThat(skipper.ordinal()).isEqualTo(3);
    assertThat(rest(scanner(skipper, channel, dialect)))
        .singleElement()
        .asString()
        .contains("record 3 at byte 4: the quote opened at byte 4 is not closed within");
  }

  private static RecordScanner scanner(
      RecordSkipper skipper, MemoryChannel channel, Dialect dialect) {
    return new RecordScanner(FILE, channel, dialect, skipper.ordinal(), skipper.offset());
  }

  /** Ordinal and place of each record left; at the end what is wrong, if something is. */
  private static List<String> rest(RecordScanner scanner) throws IOException {
    var records = new ArrayList<String>();
    try {
      while (scanner.next()) {
        records.add(scanner.ordinal() + " at " + scanner.start() + " to " + scanner.end());
      }
    } catch (CsvException e) {
      records.add(e.getMessage());
    }
    return records;
  }
}
