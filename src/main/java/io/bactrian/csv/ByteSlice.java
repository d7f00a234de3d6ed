package io.bactrian.csv;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * The content of a field as bytes, without a copy where the file has it in one piece. Filled by
 * {@link RecordView#slice}; valid until the view moves. Not thread safe.
 */
public final class ByteSlice {
  private static final byte[] NOTHING = {};

  /**
   * An odd number close to 2^64 divided by the golden ratio, as in Knuth's multiplicative hashing.
   */
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private byte[] bytes = NOTHING;
  private int from;
  private int length;

  void set(byte[] array, int start, int size) {
    bytes = array;
    from = start;
    length = size;
  }

  /** The array that holds the bytes, among others: do not write into it. */
  public byte[] array() {
    return bytes;
  }

  /** Where in the array the content begins. */
  public int from() {
    return from;
  }

  public int length() {
    return length;
  }

  /** A copy of the content. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** The content as text; the view has checked that it is. */
  public String text(Charset charset) {
    return new String(bytes, from, length, charset);
  }

  boolean sameAs(byte[] other) {
    return Arrays.equals(bytes, from, from + length, other, 0, other.length);
  }

  /** Of the length and at most 16 bytes, the first eight and the last eight. */
  int hash() {
    long hash = length;
    if (length >= Long.BYTES) {
      hash = (hash ^ Words.get(bytes, from)) * FACTOR;
      hash ^= Words.get(bytes, from + length - Long.BYTES);
    } else {
      for (int i = from; i < from + length; i++) {
        hash = hash << Byte.SIZE ^ bytes[i];
      }
    }
    hash *= FACTOR;
    return (int) (hash >>> Integer.SIZE);
  }
}
