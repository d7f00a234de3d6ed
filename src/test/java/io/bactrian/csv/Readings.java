package io.bactrian.csv;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The same bytes read in every way there is; each way answers a {@link Reading}. */
final class Readings {
  static final String NOT_IN_THE_DIALECT = "not in the dialect";
  private static final Path FILE = Path.of("bytes.csv");

  private Readings() {}

  /**
   * What a way of reading finds.
   *
   * @param records the fields of each record; up to the fault, when there is one
   * @param shape of the records: where each begins, where the last ends, the longest
   * @param fault what ended it: {@link #NOT_IN_THE_DIALECT}, or the message that names a malformed
   *     byte
   */
  record Reading(List<List<String>> records, Shape shape, Optional<String> fault) {}

  /** Of records. */
  record Shape(List<Long> starts, long end, long longest) {
    static final Shape NONE = new Shape(List.of(), 0, 0);
  }

  /** Byte by byte: the oracle. */
  static Reading serial(byte[] bytes, Dialect dialect) throws IOException {
    var channel = new MemoryChannel(bytes);
    var scanner = new RecordScanner(FILE, channel, dialect, 1, 0);
    var decoder = new RecordDecoder(FILE, dialect);
    var records = new ArrayList<List<String>>();
    var starts = new ArrayList<Long>();
    var shape = Shape.NONE;
    try {
      while (scanner.next()) {
        int from = (int) scanner.start();
        int to = (int) scanner.end();
        records.add(decoder.decode(bytes, from, to, scanner.ordinal(), from));
        starts.add(scanner.start());
        shape = new Shape(starts, to, Math.max(shape.longest(), to - from));
      }
      return new Reading(records, shape, Optional.empty());
    } catch (CsvException e) {
      return new Reading(records, shape, fault(e));
    }
  }

  /**
   * The ways say in words of their own what is not in the dialect, but agree on malformed bytes.
   */
  private static Optional<String> fault(CsvException e) {
    return Optional.ofNullable(e.getMessage())
        .filter(message -> message.endsWith("text in the dialect's charset"))
        .or(() -> Optional.of(NOT_IN_THE_DIALECT));
  }

  /** The planner's pass, in blocks of some bytes, and a cut at each record; it reads no fields. */
  static Reading planned(byte[] bytes, Dialect dialect, int blockSize) throws IOException {
    var channel = new MemoryChannel(bytes);
    var source = new BlockPass.Source(FILE, channel, dialect, 0, bytes.length);
    var pass = new BlockPass(source, blockSize, 1);
    try {
      pass.run();
    } catch (CsvException e) {
      return new Reading(List.of(), Shape.NONE, Optional.of(NOT_IN_THE_DIALECT));
    }
    var shape =
        pass.records() == 0
            ? Shape.NONE
            : new Shape(cuts(pass, channel, dialect), pass.dataEnd(), pass.longest());
    return new Reading(List.of(), shape, Optional.empty());
  }

  private static List<Long> cuts(BlockPass pass, MemoryChannel channel, Dialect dialect)
      throws IOException {
    var plan =
        new Plan(
            FILE,
            new Fingerprint(channel.size(), 0, 0, 0, ""),
            dialect,
            List.of(),
            pass.records(),
            pass.dataStart(),
            pass.dataEnd(),
            pass.longest(),
            pass.index(),
            pass.checksums());
    var cuts = new Cuts(plan, channel);
    var starts = new ArrayList<Long>();
    for (long ordinal = 1; ordinal <= pass.records(); ordinal++) {
      starts.add(cuts.offset(ordinal));
    }
    return starts;
  }

  /** Views, over a window of some bytes. */
  static Reading views(byte[] bytes, Dialect dialect, int windowSize) {
    var window = new ChunkWindow(new MemoryChannel(bytes), dialect, windowSize);
    var view = new RecordView(FILE, dialect, List.of(), false, window);
    window.begin(0, bytes.length);
    view.begin(1);
    var records = new ArrayList<List<String>>();
    var starts = new ArrayList<Long>();
    var shape = Shape.NONE;
    try {
      while (view.next()) {
        long end = view.offset() + view.length();
        starts.add(view.offset());
        shape = new Shape(starts, end, Math.max(shape.longest(), view.length()));
        records.add(fields(view));
      }
      return new Reading(records, shape, Optional.empty());
    } catch (CsvException e) {
      return new Reading(records, shape, fault(e));
    }
  }

  /** By commons-csv, which tells no places; without a fault it is what camel-csv would read. */
  static Reading commonsCsv(byte[] bytes, Dialect dialect) throws IOException {
    CSVFormat.Builder format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter((char) dialect.delimiter())
            .setQuote(mark(dialect.quote()))
            .setEscape(mark(dialect.escape()))
            .setCommentMarker(mark(dialect.comment()))
            .setTrailingData(dialect.quotes() == Quotes.LENIENT)
            .setIgnoreEmptyLines(!dialect.keepBlankLines());
    String text = new String(bytes, dialect.charset());
    String unmarked = text.replaceFirst("^(\ufeff|ï»¿)", "");
    var records = new ArrayList<List<String>>();
    try (CSVParser parser = format.get().parse(new StringReader(unmarked))) {
      parser.forEach(found -> records.add(found.toList()));
      return new Reading(records, Shape.NONE, Optional.empty());
    } catch (UncheckedIOException e) {
      return new Reading(records, Shape.NONE, Optional.of(NOT_IN_THE_DIALECT));
    }
  }

  @SuppressWarnings("NullAway") // commons-csv takes null for: none.
  private static Character mark(OptionalInt mark) {
    return mark.isPresent() ? (char) mark.getAsInt() : null;
  }

  private static List<String> fields(RecordView view) {
    var fields = new ArrayList<String>();
    for (int i = 0; i < view.fieldCount(); i++) {
      fields.add(view.text(i));
    }
    return Collections.unmodifiableList(fields);
  }
}
