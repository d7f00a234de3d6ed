package io.bactrian.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What a plan has to be, found without a guess: by the byte by byte oracle and Java's CRC-32. */
final class SerialPlan {
  private final byte[] bytes;
  private final Plan plan;
  private final List<Long> starts;

  private SerialPlan(byte[] bytes, Plan plan, List<Long> starts) {
    this.bytes = bytes;
    this.plan = plan;
    this.starts = starts;
  }

  /**
   * Plans a file.
   *
   * @throws CsvException if the bytes are not in the dialect
   */
  static SerialPlan of(Path file, byte[] bytes, Dialect dialect, int blockSize) throws IOException {
    RecordScanner scanner = Planner.scanner(file, dialect, new MemoryChannel(bytes));
    List<String> header = List.of();
    if (dialect.header()) {
      scanner.next();
      int from = (int) scanner.start();
      int to = (int) scanner.end();
      header = new RecordDecoder(file, dialect).decode(bytes, from, to, 0, from);
    }
    long end = scanner.end();
    long longest = 0;
    long indexed = -1;
    var starts = new ArrayList<Long>();
    var index = new RecordIndex();
    while (scanner.next()) {
      starts.add(scanner.start());
      end = scanner.end();
      longest = Math.max(longest, end - scanner.start());
      if (scanner.start() / blockSize > indexed) {
        indexed = scanner.start() / blockSize;
        index.add(scanner.ordinal(), scanner.start());
      }
    }
    starts.add(end);
    var plan =
        new Plan(
            file,
            new Fingerprint(bytes.length, 0, 0, 0, ""),
            dialect,
            header,
            starts.size() - 1,
            starts.get(0),
            end,
            longest,
            index,
            checksums(bytes, blockSize));
    return new SerialPlan(bytes, plan, starts);
  }

  private static Checksums checksums(byte[] bytes, int blockSize) {
    var checksums = new Checksums(blockSize);
    for (int from = 0; from < bytes.length; from += blockSize) {
      int length = Math.min(blockSize, bytes.length - from);
      checksums.add(crc(bytes, from, length), length);
    }
    checksums.end();
    return checksums;
  }

  Plan plan() {
    return plan;
  }

  /** What {@link Plan#range} has to answer. */
  Range range(long start, long end) {
    long from = starts.get((int) start - 1);
    long to = starts.get((int) end - 1);
    return new Range(start, end, from, to, crc(bytes, (int) from, (int) (to - from)));
  }

  private static long crc(byte[] bytes, int from, int length) {
    var crc = new CRC32();
    crc.update(bytes, from, length);
    return crc.getValue();
  }
}
