package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of one range, chunk by chunk; seeks to its first byte. Not thread safe. */
public final class RangeReader implements AutoCloseable {
  private final Path file;
  private final Dialect dialect;
  private final Range range;
  private final FileChannel channel;
  private final RecordScanner scanner;
  private long next;
  private boolean ended;
  private @Nullable CsvException pending;

  private RangeReader(Path file, Dialect dialect, Range range, FileChannel channel) {
    this.file = file;
    this.dialect = dialect;
    this.range = range;
    this.channel = channel;
    this.next = range.start();
    this.scanner = new RecordScanner(file, channel, dialect, next, range.startOffset());
  }

  public static RangeReader open(Path file, Dialect dialect, Range range) {
    return new RangeReader(file, dialect, range, FileBytes.open(file));
  }

  /** Whether records of the range are still to be read. */
  public boolean hasNext() {
    return !ended && next < range.end();
  }

  /**
   * The next records.
   *
   * @param maxRecords how many at most
   * @param maxBytes how many bytes at most, but at least one record
   * @return empty when the range is read
   * @throws CsvException if the bytes are not in the dialect; records before the fault come first
   */
  public Optional<Chunk> next(int maxRecords, long maxBytes) {
    if (pending != null) {
      throw pending;
    }
    if (!hasNext()) {
      return Optional.empty();
    }
    try {
      return scan((int) Math.min(maxRecords, range.end() - next), maxBytes);
    } catch (IOException e) {
      throw FileBytes.failed(file, e);
    }
  }

  private Optional<Chunk> scan(int most, long maxBytes) throws IOException {
    long from = scanner.end();
    int[] starts = new int[Math.min(most, 1 << 16)];
    int[] ends = new int[starts.length];
    int count = 0;
    while (count < most && (count == 0 || scanner.end() - from < maxBytes) && advance(count)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, Math.min(most, count * 2));
        ends = Arrays.copyOf(ends, starts.length);
      }
      starts[count] = Math.toIntExact(scanner.start() - from);
      ends[count] = Math.toIntExact(scanner.end() - from);
      count++;
    }
    if (count == 0) {
      ended = true;
      return Optional.empty();
    }
    byte[] bytes = FileBytes.read(channel, from, ends[count - 1]).array();
    long first = next;
    next += count;
    return Optional.of(
        new Chunk(
            new Chunk.Source(file, dialect, from),
            bytes,
            first,
            Arrays.copyOf(starts, count),
            Arrays.copyOf(ends, count)));
  }

  private boolean advance(int count) throws IOException {
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
    if (range.endOffset() != Long.MAX_VALUE) {
      throw new CsvException(
          "%s: input changed: it ends before record %d; allowed: the planned file"
              .formatted(file, next + count));
    }
    return false;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileBytes.failed(file, e);
    }
  }
}
