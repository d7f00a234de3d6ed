package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks the bytes of a chunk through an array that is used again and again; computes their CRC and
 * checks that they are text as they pass. Not thread safe.
 */
final class ChunkWindow implements AutoCloseable {
  /** Bytes read at once: they stay in the processor's cache while they are looked at. */
  static final int BLOCK = 256 << 10;

  /**
   * The first reads are small, so that the code has met the ends of many windows when it is
   * compiled: compiled for records that never end outside one, it would be thrown away at the first
   * that does.
   */
  private static final int SMALL = 4 << 10;

  private static final int SMALL_READS = 64;
  private static final byte[] NONE = new byte[Words.PADDING];

  private final FileChannel channel;
  private final TextCheck check;
  private final int block;
  private final CRC32 crc = new CRC32();
  private byte[] bytes = NONE;
  private long start;
  private long end;
  private int limit;
  private int reads;
  private int checked;
  private long malformed;

  ChunkWindow(FileChannel channel, Dialect dialect) {
    this(channel, dialect, BLOCK);
  }

  ChunkWindow(FileChannel channel, Dialect dialect, int block) {
    this.channel = channel;
    this.block = block;
    this.check = TextCheck.of(dialect.charset());
  }

  /** Begins with the bytes [from, to) of the file; the first {@link #more} reads. */
  void begin(long from, long to) {
    start = from;
    end = to;
    limit = 0;
    checked = 0;
    malformed = Long.MAX_VALUE;
    crc.reset();
  }

  /**
   * Reads on; the bytes before {@code keep} are given up.
   *
   * @throws IOException if the file cannot be read
   */
  void more(int keep) throws IOException {
    read(keep);
    checkText();
  }

  /**
   * Reads the rest of the chunk for its CRC alone: nobody looks at these bytes any more.
   *
   * @throws IOException if the file cannot be read
   */
  void finish() throws IOException {
    while (!isLast()) {
      read(limit);
    }
  }

  private void read(int keep) throws IOException {
    int kept = limit - keep;
    if (bytes == NONE) {
      bytes = block == BLOCK ? BlockArrays.take() : new byte[block + Words.PADDING];
    } else if (kept > (bytes.length - Words.PADDING) / 2) {
      bytes = Arrays.copyOf(bytes, 2 * kept + Words.PADDING);
    }
    System.arraycopy(bytes, keep, bytes, 0, kept);
    start += keep;
    checked -= keep;
    int most = reads++ < SMALL_READS ? SMALL : bytes.length;
    int room = Math.min(most, bytes.length - Words.PADDING - kept);
    int wanted = (int) Math.min(room, end - start - kept);
    var into = ByteBuffer.wrap(bytes, kept, wanted);
    limit = kept;
    while (into.hasRemaining() && channel.read(into, start + into.position()) >= 0) {
      limit = into.position();
    }
    if (into.hasRemaining()) {
      end = start + limit;
    }
    crc.update(bytes, kept, limit - kept);
  }

  /** Nobody looks at the bytes any more. */
  @Override
  public void close() {
    BlockArrays.give(bytes);
    bytes = NONE;
    limit = 0;
  }

  private void checkText() {
    if (malformed != Long.MAX_VALUE) {
      return;
    }
    int to = check.check(bytes, checked, limit, isLast());
    if (to < 0) {
      malformed = start - 1 - to;
    } else {
      checked = to;
    }
  }

  /** Looks for malformed bytes from here on, and at none before. */
  void checkTextAgain(int from) {
    malformed = Long.MAX_VALUE;
    checked = from;
    checkText();
  }

  byte[] bytes() {
    return bytes;
  }

  int limit() {
    return limit;
  }

  /** Byte offset in the file of the first byte of the array. */
  long start() {
    return start;
  }

  /** Byte offset in the file after the last byte read. */
  long end() {
    return start + limit;
  }

  /** Whether all bytes of the chunk, or of the file, were read. */
  boolean isLast() {
    return start + limit >= end;
  }

  /** Byte offset of the first malformed byte; {@link Long#MAX_VALUE} when there is none yet. */
  long malformed() {
    return malformed;
  }

  /** CRC-32 of the bytes read since {@link #begin}. */
  long crc() {
    return crc.getValue();
  }
}
