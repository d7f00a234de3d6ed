package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of one range, chunk by chunk; seeks to its first byte. Not thread safe. */
public final class RangeReader implements AutoCloseable {
  private final Chunk.Source source;
  private final @Nullable Plan plan;
  private final @Nullable Cuts cuts;
  private Position at;
  private boolean ended;
  private @Nullable Chunk present;
  private @Nullable CsvException pending;

  private RangeReader(Chunk.Source source, @Nullable Plan plan, Position at) {
    this.source = source;
    this.plan = plan;
    this.cuts = plan == null ? null : new Cuts(plan, source.channel());
    this.at = at;
  }

  /** Reads a range of a file that nobody planned; its records are found while it is read. */
  public static RangeReader open(Path file, Dialect dialect, Range range) {
    var source = source(file, dialect, List.of(), range);
    return new RangeReader(source, null, Position.startOf(range));
  }

  /** Reads a range of a planned file; its bytes are held to the plan's. */
  public static RangeReader open(Plan plan, Range range) {
    return resume(plan, range, Position.startOf(range));
  }

  /**
   * Reads the rest of a range of a planned file.
   *
   * @param range the whole range
   * @param from what {@link Chunk#after} said of the last chunk that was read
   * @throws IllegalArgumentException if it cannot be a position of this range
   */
  public static RangeReader resume(Plan plan, Range range, Position from) {
    checkWithin(range, from);
    var source = source(plan.file(), plan.dialect(), plan.header(), range);
    return new RangeReader(source, plan, from);
  }

  /** Each record has a byte at least. */
  private static void checkWithin(Range range, Position at) {
    long records = at.ordinal() - range.start();
    long bytes = at.offset() - range.startOffset();
    if (records < 0
        || at.ordinal() > range.end()
        || records > bytes
        || at.offset() > range.endOffset()) {
      throw new IllegalArgumentException(
          "record %d at byte %d is no position in records [%d, %d), bytes [%d, %d); allowed: what a chunk of this range said after it"
              .formatted(
                  at.ordinal(),
                  at.offset(),
                  range.start(),
                  range.end(),
                  range.startOffset(),
                  range.endOffset()));
    }
  }

  private static Chunk.Source source(Path file, Dialect dialect, List<String> header, Range range) {
    FileChannel channel = FileBytes.open(file);
    var window = new ChunkWindow(channel, dialect);
    var view = new RecordView(file, dialect, header, !header.isEmpty(), window);
    return new Chunk.Source(file, dialect, header, range, channel, window, view);
  }

  /** Whether records of the range are still to be read. */
  public boolean hasNext() {
    long next = present == null ? at.ordinal() : present.firstOrdinal() + present.recordCount();
    return !ended && next < source.range().end();
  }

  /**
   * The next records. The chunk before can be used no more.
   *
   * @param maxRecords how many at most
   * @param maxBytes how many bytes at most, but at least one record
   * @return empty when the range is read
   * @throws IllegalArgumentException if {@code maxRecords} is less than 1
   * @throws CsvException if the bytes are not in the dialect; records before the fault come first;
   *     or if the chunk before ended the range and its bytes are not the planned ones
   */
  public Optional<Chunk> next(int maxRecords, long maxBytes) {
    if (maxRecords < 1) {
      throw new IllegalArgumentException(
          "maxRecords is %d; allowed: at least 1".formatted(maxRecords));
    }
    if (present != null) {
      at = present.after();
      present = null;
    }
    if (pending != null) {
      throw pending;
    }
    if (!hasNext()) {
      return Optional.empty();
    }
    try {
      int most = (int) Math.min(maxRecords, source.range().end() - at.ordinal());
      Optional<Chunk> chunk = cut(most, maxBytes);
      if (chunk.isEmpty()) {
        chunk = scan(most, maxBytes);
      }
      present = chunk.orElse(null);
      return chunk;
    } catch (IOException e) {
      throw new CsvReadException(source.file(), e);
    }
  }

  /** By the plan, without a scan; empty where the plan has no record near enough. */
  private Optional<Chunk> cut(int most, long maxBytes) throws IOException {
    if (plan == null || cuts == null) {
      return Optional.empty();
    }
    Range range = source.range();
    long end = at.ordinal() + most;
    long offset = end == range.end() ? range.endOffset() : cuts.offset(end);
    if (offset - at.offset() > maxBytes) {
      int entry = plan.index().atOrBeforeOffset(at.offset() + maxBytes);
      end = entry < 0 ? 0 : plan.index().ordinal(entry);
      offset = entry < 0 ? 0 : plan.index().offset(entry);
    }
    return end > at.ordinal()
        ? Optional.of(chunk((int) (end - at.ordinal()), offset))
        : Optional.empty();
  }

  private Optional<Chunk> scan(int most, long maxBytes) throws IOException {
    var scanner =
        new RecordScanner(
            source.file(), source.channel(), source.dialect(), at.ordinal(), at.offset());
    int count = 0;
    long end = at.offset();
    while (count < most && advance(scanner, count)) {
      if (count > 0 && scanner.end() - at.offset() > maxBytes) {
        break;
      }
      end = scanner.end();
      count++;
    }
    if (count == 0) {
      ended = true;
      return Optional.empty();
    }
    Range range = source.range();
    boolean last = at.ordinal() + count == range.end() && range.endOffset() != Long.MAX_VALUE;
    return Optional.of(chunk(count, last ? range.endOffset() : end));
  }

  private Chunk chunk(int count, long endOffset) {
    return new Chunk(source, at, count, endOffset);
  }

  private boolean advance(RecordScanner scanner, int count) throws IOException {
    try {
      if (scanner.next()) {
        return true;
      }
    } catch (CsvException e) {
      if (count == 0) {
        throw e;
      }
      pending = e;
      return false;
    }
    if (source.range().endOffset() != Long.MAX_VALUE) {
      throw new CsvException(
          "%s: input changed: it ends before record %d; allowed: the planned file"
              .formatted(source.file(), at.ordinal() + count));
    }
    return false;
  }

  @Override
  public void close() {
    source.view().end();
    source.window().close();
    try {
      source.channel().close();
    } catch (IOException e) {
      throw new CsvReadException(source.file(), e);
    }
  }
}
