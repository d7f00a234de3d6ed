package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Finds where records of a planned file begin and what the CRC of the bytes between two of them is.
 * Every byte it reads is held to the plan's checksums. Fast when it is asked in order. Not thread
 * safe.
 */
final class Cuts {
  private static final int NONE = -1;

  private final Plan plan;
  private final BlockBytes block;
  private final BlockBytes walked;
  private final BlockScanner scanner;
  private int loaded = NONE;
  private int walkedEntry = NONE;
  private long walkedOrdinal;
  private long walkedOffset;

  Cuts(Plan plan, FileChannel channel) {
    this.plan = plan;
    this.block = new BlockBytes(channel);
    this.walked = new BlockBytes(channel);
    this.scanner = BlockScanner.of(plan.dialect());
  }

  /** Byte offset of a record; of the one after the last: where the last one ends. */
  long offset(long ordinal) throws IOException {
    if (ordinal > plan.recordCount()) {
      return plan.dataEnd();
    }
    RecordIndex index = plan.index();
    int entry = index.atOrBefore(ordinal);
    if (index.ordinal(entry) == ordinal) {
      return index.offset(entry);
    }
    if (entry != walkedEntry || ordinal < walkedOrdinal) {
      walkFrom(entry);
    }
    return walk(ordinal);
  }

  private void walkFrom(int entry) throws IOException {
    RecordIndex index = plan.index();
    long to = entry + 1 < index.size() ? index.offset(entry + 1) : plan.dataEnd();
    walked.load(index.offset(entry), to);
    walkedEntry = entry;
    walkedOrdinal = index.ordinal(entry);
    walkedOffset = index.offset(entry);
  }

  private long walk(long ordinal) {
    scanner.bytes(walked.bytes(), walked.limit(), true);
    scanner.begin((int) (walkedOffset - walked.start()));
    int passed = scanner.scan(walked.limit(), Math.toIntExact(ordinal - walkedOrdinal));
    long line = walked.start() + scanner.next();
    scanner.begin(scanner.next());
    int found = scanner.scan(walked.limit(), 1);
    if (passed < 0 || found < 0 || scanner.count() != 1) {
      throw changed("record %d is not where it was".formatted(ordinal));
    }
    walkedOrdinal = ordinal;
    walkedOffset = Math.max(line, walked.start() + scanner.first());
    return walkedOffset;
  }

  /** The CRC of the bytes [from, to). */
  long crc(long from, long to) throws IOException {
    long size = plan.checksums().blockSize();
    int first = (int) (from / size);
    int last = (int) (to / size);
    if (first == last) {
      return from == to ? 0 : crc(first, from, to);
    }
    long crc = crc(first, from, (first + 1) * size);
    for (int i = first + 1; i < last; i++) {
      crc = Crc.combine(crc, plan.checksums().crc(i), size);
    }
    long rest = to - last * size;
    return rest == 0 ? crc : Crc.combine(crc, crc(last, to - rest, to), rest);
  }

  private long crc(int number, long from, long to) throws IOException {
    long size = plan.checksums().blockSize();
    long start = number * size;
    long end = Math.min(start + size, plan.fingerprint().size());
    if (from == start && to == end) {
      return plan.checksums().crc(number);
    }
    if (number != loaded) {
      block.load(start, end);
      loaded = number;
      if (block.end() != end || block.crc(start, end) != plan.checksums().crc(number)) {
        throw changed("its bytes [%d, %d) are others".formatted(start, end));
      }
    }
    return block.crc(from, to);
  }

  private CsvException changed(String what) {
    return CsvException.inputChanged(plan.file(), what);
  }
}
