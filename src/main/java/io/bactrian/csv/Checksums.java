package io.bactrian.csv;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * CRC-32 of the blocks of a file, one after the other: at most 16,384 of them. As the file grows,
 * the size of a block doubles.
 *
 * <p>Not thread safe while it is built; immutable in effect once it stands in a plan.
 */
public final class Checksums {
  private static final int MOST = 16_384;
  private static final int FIRST_CAPACITY = 16;

  private int[] crcs;
  private int size;
  private long blockSize;
  private long open;
  private long openLength;

  Checksums(long blockSize) {
    this(blockSize, new int[FIRST_CAPACITY], 0);
  }

  private Checksums(long blockSize, int[] crcs, int size) {
    this.blockSize = blockSize;
    this.crcs = crcs;
    this.size = size;
  }

  /** Pieces come in order; none goes over the end of a block. */
  void add(long crc, long length) {
    open = openLength == 0 ? crc : Crc.combine(open, crc, length);
    openLength += length;
    if (openLength == blockSize) {
      close();
    }
  }

  /** The last piece was added. */
  void end() {
    if (openLength > 0) {
      close();
    }
    crcs = Arrays.copyOf(crcs, size);
  }

  private void close() {
    if (size == crcs.length) {
      crcs = Arrays.copyOf(crcs, size * 2);
    }
    crcs[size++] = (int) open;
    openLength = 0;
    if (size == MOST) {
      for (int i = 0; i < MOST; i += 2) {
        crcs[i / 2] = (int) Crc.combine(crc(i), crc(i + 1), blockSize);
      }
      size = MOST / 2;
      blockSize *= 2;
    }
  }

  long blockSize() {
    return blockSize;
  }

  int size() {
    return size;
  }

  /** The CRC of a block, from 0. */
  long crc(int block) {
    return crcs[block] & 0xffff_ffffL;
  }

  /** The checksums as bytes: the size of a block in 8, each CRC in 4, big endian. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES * size);
    bytes.putLong(blockSize);
    for (int i = 0; i < size; i++) {
      bytes.putInt(crcs[i]);
    }
    return bytes.array();
  }

  public static Checksums decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    long blockSize = bytes.getLong();
    int[] crcs = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(crcs);
    return new Checksums(blockSize, crcs, crcs.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checksums checksums && Arrays.equals(encode(), checksums.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }
}
