package io.bactrian.csv;

import java.io.IOException;

/** Scans one block at a time, on one thread. */
final class BlockTask {
  private static final int OVERLAP = 4 << 10;

  /**
   * Bytes read before a block: the last one says whether a line begins with the block. Not that one
   * alone, since some processors copy slowly where the bytes come from just before the place in a
   * page that they go to.
   */
  private static final int LEAD = 64;

  private static final int LONGEST_GUESS = 64 << 10;
  private static final int UNKNOWN = -1;

  private final BlockPass.Source source;
  private final int blockSize;
  private final BlockBytes bytes;
  private final BlockScanner scanner;

  BlockTask(BlockPass.Source source, int blockSize) {
    this.source = source;
    this.blockSize = blockSize;
    this.bytes = new BlockBytes(source.channel());
    this.scanner = BlockScanner.of(source.dialect());
  }

  /** What is in a block if it begins the way most blocks do. */
  BlockPass.Block guess(long number) throws IOException {
    long start = number * blockSize;
    long end = load(number);
    long crc = bytes.crc(start, end);
    long dataFrom = source.dataFrom();
    if (end <= dataFrom) {
      return nothing(dataFrom, crc);
    }
    if (start <= dataFrom) {
      return scan(dataFrom, end, LONGEST_GUESS, crc);
    }
    give();
    int line = scanner.lineAfter((int) (start - 1 - bytes.start()));
    BlockPass.Block outside =
        line < 0 ? nothing(UNKNOWN, crc) : scan(bytes.start() + line, end, LONGEST_GUESS, crc);
    int stray = scanner.strayQuotes();
    if (line < 0 || (stray == 0 && !outside.broken())) {
      return outside;
    }
    int afterQuoted = scanner.lineAfterQuoted((int) (start - bytes.start()));
    if (afterQuoted < 0) {
      return outside;
    }
    BlockPass.Block inside = scan(bytes.start() + afterQuoted, end, LONGEST_GUESS, crc);
    boolean better = outside.broken() || scanner.strayQuotes() < stray;
    return better && !inside.broken() ? inside : outside;
  }

  /**
   * What is in a block whose first line begins at {@code from}.
   *
   * @param ordinal of its first record
   * @throws CsvException if a record is not in the dialect
   */
  BlockPass.Block scan(long number, long from, long ordinal) throws IOException {
    long end = load(number);
    BlockPass.Block block = scan(from, end, source.dialect().maxRecordBytes(), UNKNOWN);
    return block.broken() ? slowly(from, end, ordinal) : block;
  }

  private long load(long number) throws IOException {
    long start = number * blockSize;
    long end = Math.min(start + blockSize, source.size());
    bytes.load(Math.max(0, start - LEAD), Math.min(end + OVERLAP, source.size()));
    checkEnd(end);
    return end;
  }

  private BlockPass.Block scan(long from, long end, int longest, long crc) throws IOException {
    long base = bytes.start();
    scanner.begin((int) (from - base));
    int answer = BlockScanner.MORE;
    while (answer == BlockScanner.MORE) {
      give();
      answer = scanner.scan((int) (end - base), Integer.MAX_VALUE);
      if (answer == BlockScanner.MORE) {
        long pending = bytes.end() - base - scanner.next();
        if (pending > longest) {
          answer = BlockScanner.BROKEN;
        } else {
          long to = Math.min(source.size(), bytes.end() + Math.max(OVERLAP, pending));
          bytes.extend(to);
          checkEnd(to);
        }
      }
    }
    return new BlockPass.Block(
        from,
        base + scanner.next(),
        base + scanner.first(),
        base + scanner.recordsEnd(),
        scanner.count(),
        scanner.longest(),
        answer == BlockScanner.BROKEN,
        crc);
  }

  private void give() {
    scanner.bytes(bytes.bytes(), bytes.limit(), bytes.end() >= source.size());
  }

  private void checkEnd(long wanted) {
    if (bytes.end() < wanted) {
      throw new CsvException(
          "%s: input changed while it was planned: it had %d bytes and ends at byte %d"
              .formatted(source.file(), source.size(), bytes.end()));
    }
  }

  /** Byte by byte, which says what is wrong with a record. */
  private BlockPass.Block slowly(long from, long end, long ordinal) throws IOException {
    var records =
        new RecordScanner(source.file(), source.channel(), source.dialect(), ordinal, from);
    int count = 0;
    long first = UNKNOWN;
    long recordsEnd = UNKNOWN;
    long longest = 0;
    while (records.next()) {
      if (records.start() >= end) {
        long next = recordsEnd >= end ? recordsEnd : records.start();
        return block(from, next, first, recordsEnd, count, longest);
      }
      first = count++ == 0 ? records.start() : first;
      recordsEnd = records.end();
      longest = Math.max(longest, recordsEnd - records.start());
    }
    return block(from, source.size(), first, recordsEnd, count, longest);
  }

  private static BlockPass.Block block(
      long from, long next, long first, long recordsEnd, int count, long longest) {
    return new BlockPass.Block(from, next, first, recordsEnd, count, (int) longest, false, UNKNOWN);
  }

  private static BlockPass.Block nothing(long from, long crc) {
    return new BlockPass.Block(from, from, UNKNOWN, UNKNOWN, 0, 0, false, crc);
  }
}
