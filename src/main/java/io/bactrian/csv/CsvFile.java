package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads records of a file by their ordinals, without a plan. */
public final class CsvFile {
  private static final int RECORDS = 1_000;
  private static final long BYTES = 4L << 20;

  private CsvFile() {}

  /**
   * Gives each record to a consumer, in order. Records before {@code from} are passed, not decoded.
   *
   * @param from first ordinal, 0 = the header
   * @param to ordinal after the last, {@link Long#MAX_VALUE} = all
   * @throws CsvException if a record up to {@code to} is not in the dialect
   */
  public static void forEach(
      Path file, Dialect dialect, long from, long to, Consumer<CsvRecord> consumer) {
    Range range = range(file, dialect, from, to);
    if (range.size() == 0) {
      return;
    }
    try (RangeReader reader = RangeReader.open(file, dialect, range)) {
      while (true) {
        Optional<Chunk> chunk = reader.next(RECORDS, BYTES);
        if (chunk.isEmpty()) {
          return;
        }
        chunk.get().records().forEach(consumer);
      }
    }
  }

  private static Range range(Path file, Dialect dialect, long from, long to) {
    try (FileChannel channel = FileBytes.open(file)) {
      RecordScanner begin = Planner.scanner(file, dialect, channel);
      long first = Math.min(Math.max(from, dialect.header() ? 0 : 1), to);
      var skipper = new RecordSkipper(channel, dialect, begin.ordinal() + 1, begin.end());
      skipper.skipTo(first);
      long ordinal = skipper.ordinal();
      var scanner = new RecordScanner(file, channel, dialect, ordinal, skipper.offset());
      while (ordinal < first) {
        if (!scanner.next()) {
          return new Range(ordinal, ordinal, scanner.end(), scanner.end());
        }
        ordinal++;
      }
      return new Range(ordinal, Math.max(to, ordinal), scanner.end(), Long.MAX_VALUE);
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }
}
