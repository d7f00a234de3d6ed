package io.bactrian.csv;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where some records begin, evenly over the file: at most 16,384 of them. As the file grows, the
 * distance between two doubles.
 *
 * <p>Not thread safe while it is built; immutable in effect once it stands in a plan.
 */
public final class RecordIndex {
  private static final int MOST = 16_384;
  private static final int FIRST_CAPACITY = 16;

  private long[] ordinals;
  private long[] offsets;
  private int size;
  private long distance = 1;

  RecordIndex() {
    this(new long[FIRST_CAPACITY], new long[FIRST_CAPACITY], 0);
  }

  private RecordIndex(long[] ordinals, long[] offsets, int size) {
    this.ordinals = ordinals;
    this.offsets = offsets;
    this.size = size;
  }

  /** Records come in order; the first is record 1. */
  void add(long ordinal, long offset) {
    if (size > 0 && offset - offsets[size - 1] < distance) {
      return;
    }
    if (size == MOST) {
      thin();
      add(ordinal, offset);
      return;
    }
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, size * 2);
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    ordinals[size] = ordinal;
    offsets[size++] = offset;
  }

  private void thin() {
    for (int i = 0; i * 2 < size; i++) {
      ordinals[i] = ordinals[i * 2];
      offsets[i] = offsets[i * 2];
    }
    size = (size + 1) / 2;
    distance = (offsets[size - 1] - offsets[0]) / (size - 1);
  }

  int size() {
    return size;
  }

  /** The last entry whose record is this one or stands before it; -1 when there is none. */
  int atOrBefore(long ordinal) {
    int found = Arrays.binarySearch(ordinals, 0, size, ordinal);
    return found >= 0 ? found : -found - 2;
  }

  /** The last entry whose record begins at this byte or before it; -1 when there is none. */
  int atOrBeforeOffset(long offset) {
    int found = Arrays.binarySearch(offsets, 0, size, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** The record of an entry. */
  long ordinal(int entry) {
    return ordinals[entry];
  }

  /** Byte offset of the record of an entry. */
  long offset(int entry) {
    return offsets[entry];
  }

  /** The index as bytes: ordinal and offset of each entry, 8 bytes each, big endian. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES * size);
    for (int i = 0; i < size; i++) {
      bytes.putLong(ordinals[i]).putLong(offsets[i]);
    }
    return bytes.array();
  }

  public static RecordIndex decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int size = encoded.length / (2 * Long.BYTES);
    var index = new RecordIndex(new long[size], new long[size], size);
    for (int i = 0; i < size; i++) {
      index.ordinals[i] = bytes.getLong();
      index.offsets[i] = bytes.getLong();
    }
    return index;
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
