package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** A piece of a file in an array that is used again and again. Not thread safe. */
final class BlockBytes {
  private final FileChannel channel;
  private byte[] bytes = new byte[0];
  private long start;
  private int limit;

  BlockBytes(FileChannel channel) {
    this.channel = channel;
  }

  /** Reads the bytes [from, to); fewer where the file ends. */
  void load(long from, long to) throws IOException {
    start = from;
    limit = 0;
    extend(to);
  }

  /** Reads on until {@code to}. */
  void extend(long to) throws IOException {
    int wanted = Math.toIntExact(to - start);
    if (bytes.length < wanted + Words.PADDING) {
      bytes = Arrays.copyOf(bytes, wanted + Words.PADDING);
    }
    ByteBuffer into = ByteBuffer.wrap(bytes, limit, wanted - limit);
    while (into.hasRemaining() && channel.read(into, start + into.position()) >= 0) {
      limit = into.position();
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Byte offset in the file of the first byte. */
  long start() {
    return start;
  }

  /** How many bytes were read. */
  int limit() {
    return limit;
  }

  /** Byte offset in the file after the last byte. */
  long end() {
    return start + limit;
  }

  /** CRC-32 of the bytes [from, to) of the file. */
  long crc(long from, long to) {
    return Crc.of(bytes, (int) (from - start), (int) (to - from));
  }
}
