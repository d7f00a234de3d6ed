package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact division of one file, made by one pass over its bytes.
 *
 * @param file the file, absolute
 * @param fingerprint of the file when it was planned
 * @param dialect how it is delimited
 * @param header names of the columns; empty when the dialect has no header
 * @param recordCount data records, the header not counted
 * @param dataStart byte offset of record 1
 * @param dataEnd byte offset after the last record
 * @param longestRecord bytes of the longest record, its line end included
 * @param index where every K-th record begins
 */
public record Plan(
    Path file,
    Fingerprint fingerprint,
    Dialect dialect,
    List<String> header,
    long recordCount,
    long dataStart,
    long dataEnd,
    long longestRecord,
    RecordIndex index) {

  public Plan {
    header = List.copyOf(header);
    if (recordCount < 0 || dataEnd < dataStart) {
      throw new IllegalArgumentException(
          "%d records in bytes [%d, %d); allowed: neither negative nor backwards"
              .formatted(recordCount, dataStart, dataEnd));
    }
  }

  /**
   * Divides the records: {@code min(ceil(records / batchSize), maxWorkers)} ranges whose sizes
   * differ by one at most, the larger first; none when there is no record.
   */
  public List<Range> ranges(int batchSize, int maxWorkers) {
    if (batchSize < 1 || maxWorkers < 1) {
      throw new IllegalArgumentException(
          "batch_size=%d, max_workers=%d; allowed: at least 1".formatted(batchSize, maxWorkers));
    }
    long batches = (recordCount + batchSize - 1) / batchSize;
    int workers = (int) Math.min(batches, maxWorkers);
    var starts = new ArrayList<Long>();
    long next = 1;
    for (int i = 0; i < workers; i++) {
      starts.add(next);
      next += recordCount / workers + (i < recordCount % workers ? 1 : 0);
    }
    return cut(starts);
  }

  /** The bytes of some records. */
  public Range range(long start, long end) {
    if (start < 1 || end < start || end > recordCount + 1) {
      throw new CsvException(
          "%s: records [%d, %d) asked for; allowed: within [1, %d)"
              .formatted(file, start, end, recordCount + 1));
    }
    return new Range(start, end, offsetOf(start), offsetOf(end));
  }

  /**
   * Checks that the file is still the planned one.
   *
   * @throws CsvException saying what has changed
   */
  public void checkUnchanged() {
    try (FileChannel channel = FileBytes.open(file)) {
      fingerprint
          .difference(Fingerprint.of(file, channel))
          .ifPresent(
              change -> {
                throw new CsvException(
                    "%s: input changed since it was planned: %s; allowed: the planned file. Submit a new task for the new content"
                        .formatted(file, change));
              });
    } catch (IOException e) {
      throw FileBytes.failed(file, e);
    }
  }

  private List<Range> cut(List<Long> starts) {
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < starts.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1) : recordCount + 1;
      long startOffset = i == 0 ? offsetOf(starts.get(0)) : ranges.get(i - 1).endOffset();
      ranges.add(new Range(starts.get(i), end, startOffset, offsetOf(end)));
    }
    return ranges;
  }

  private long offsetOf(long ordinal) {
    if (ordinal > recordCount) {
      return dataEnd;
    }
    long indexed = index.ordinalAtOrBefore(ordinal);
    long offset = index.offsetAtOrBefore(ordinal);
    if (indexed == ordinal) {
      return offset;
    }
    try (FileChannel channel = FileBytes.open(file)) {
      var scanner = new RecordScanner(file, channel, dialect, indexed, offset);
      while (scanner.next()) {
        if (scanner.ordinal() == ordinal) {
          return scanner.start();
        }
      }
    } catch (IOException e) {
      throw FileBytes.failed(file, e);
    }
    throw new CsvException(
        "%s: input changed while it was planned: record %d is gone".formatted(file, ordinal));
  }
}
