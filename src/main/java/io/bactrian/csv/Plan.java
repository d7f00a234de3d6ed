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
 * @param index where some records begin
 * @param checksums CRC-32 of the file's blocks
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
    RecordIndex index,
    Checksums checksums) {

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
    return cut(starts, recordCount + 1);
  }

  /**
   * The bytes of some records and their CRC.
   *
   * @throws CsvException if the file is no longer the planned one where the range begins or ends
   */
  public Range range(long start, long end) {
    if (start < 1 || end < start || end > recordCount + 1) {
      throw new CsvException(
          "%s: records [%d, %d) asked for; allowed: within [1, %d)"
              .formatted(file, start, end, recordCount + 1));
    }
    return cut(List.of(start), end).get(0);
  }

  /**
   * Checks that the file is still the planned one.
   *
   * @throws CsvException saying what has changed
   */
  public void checkUnchanged() {
    fingerprint
        .difference(Fingerprint.of(file))
        .ifPresent(
            change -> {
              throw CsvException.inputChanged(file, change);
            });
  }

  private List<Range> cut(List<Long> starts, long end) {
    try (FileChannel channel = FileBytes.open(file)) {
      var cuts = new Cuts(this, channel);
      var ranges = new ArrayList<Range>();
      long startOffset = starts.isEmpty() ? dataStart : cuts.offset(starts.get(0));
      for (int i = 0; i < starts.size(); i++) {
        long rangeEnd = i + 1 < starts.size() ? starts.get(i + 1) : end;
        long endOffset = cuts.offset(rangeEnd);
        long crc = cuts.crc(startOffset, endOffset);
        ranges.add(new Range(starts.get(i), rangeEnd, startOffset, endOffset, crc));
        startOffset = endOffset;
      }
      return ranges;
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }
}
