package io.bactrian.csv;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where every K-th record begins. K doubles as the file grows, so that the index keeps its size.
 *
 * <p>Not thread safe while it is built; immutable in effect once it stands in a plan.
 */
public final class RecordIndex {
  private static final int FIRST_INTERVAL = 64;
  private static final int MOST = 16_384;

  private long interval;
  private long[] offsets;
  private int size;

  RecordIndex() {
    this(FIRST_INTERVAL, new long[MOST], 0);
  }

  private RecordIndex(long interval, long[] offsets, int size) {
    this.interval = interval;
    this.offsets = offsets;
    this.size = size;
  }

  /** Records come in order, from ordinal 1. */
  void add(long ordinal, long offset) {
    if ((ordinal - 1) % interval != 0) {
      return;
    }
    if (size == MOST) {
      thin();
      add(ordinal, offset);
      return;
    }
    offsets[size++] = offset;
  }

  private void thin() {
    for (int i = 0; i * 2 < size; i++) {
      offsets[i] = offsets[i * 2];
    }
    size = (size + 1) / 2;
    interval *= 2;
  }

  /** The nearest indexed ordinal at or before a record. */
  long ordinalAtOrBefore(long ordinal) {
    return slot(ordinal) * interval + 1;
  }

  /** The byte offset of that ordinal. */
  long offsetAtOrBefore(long ordinal) {
    return offsets[(int) slot(ordinal)];
  }

  private long slot(long ordinal) {
    return Math.min((ordinal - 1) / interval, size - 1);
  }

  /** The index as bytes: interval, then the offsets, 8 bytes each, big endian. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (size + 1));
    bytes.putLong(interval);
    for (int i = 0; i < size; i++) {
      bytes.putLong(offsets[i]);
    }
    return bytes.array();
  }

  public static RecordIndex decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    long interval = bytes.getLong();
    long[] offsets = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(offsets);
    return new RecordIndex(interval, offsets, offsets.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordIndex index && Arrays.equals(encode(), index.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }
}
