package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Passes records at the planner's speed. Stops before what is not in the dialect, which {@link
 * RecordScanner} then names. Not thread safe.
 */
final class RecordSkipper {
  private final FileChannel channel;
  private final BlockBytes bytes;
  private final BlockScanner scanner;
  private final int longest;
  private final int blockSize;
  private long ordinal;
  private long offset;

  /**
   * @param ordinal ordinal of the first record found
   * @param from byte offset to begin at, the start of a line
   */
  RecordSkipper(FileChannel channel, Dialect dialect, long ordinal, long from) {
    this(channel, dialect, ordinal, from, BlockPass.BLOCK);
  }

  RecordSkipper(FileChannel channel, Dialect dialect, long ordinal, long from, int blockSize) {
    this.channel = channel;
    this.bytes = new BlockBytes(channel);
    this.scanner = BlockScanner.of(dialect);
    this.longest = dialect.maxRecordBytes();
    this.ordinal = ordinal;
    this.offset = from;
    this.blockSize = blockSize;
  }

  /** Passes the records before one; fewer where the file ends or one is not in the dialect. */
  void skipTo(long target) throws IOException {
    long size = channel.size();
    int block = blockSize;
    while (ordinal < target && offset < size) {
      bytes.load(offset, Math.min(offset + block, size));
      scanner.bytes(bytes.bytes(), bytes.limit(), bytes.end() >= size);
      scanner.begin(0);
      int most = (int) Math.min(target - ordinal, Integer.MAX_VALUE);
      if (scanner.scan(bytes.limit(), most) == BlockScanner.BROKEN) {
        return;
      }
      if (scanner.next() == 0) { // one record fills the block, and more
        if (block >= longest) {
          return;
        }
        block *= 2;
      }
      ordinal += scanner.count();
      offset += scanner.next();
    }
  }

  /** Ordinal of the record that comes next. */
  long ordinal() {
    return ordinal;
  }

  /** Byte offset after the records passed; the start of a line. */
  long offset() {
    return offset;
  }
}
