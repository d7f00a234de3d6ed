package io.bactrian.csv;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * The content of a field as bytes, without a copy where the file has it in one piece. Filled by
 * {@link RecordView#slice}; valid until the view moves. Not thread safe.
 */
public final class ByteSlice {
  private static final byte[] NOTHING = {};

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

  /** The first eight bytes as a word, or all of fewer, first byte lowest. */
  long head() {
    if (length >= Long.BYTES) {
      return Words.get(bytes, from);
    }
    if (length > 0 && from + Long.BYTES <= bytes.length) {
      return Words.get(bytes, from) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
    }
    long head = 0;
    for (int i = length - 1; i >= 0; i--) {
      head = head << Byte.SIZE | (bytes[from + i] & 0xff);
    }
    return head;
  }

  /** The last eight bytes as a word; 0 where there are no more than eight. */
  long tail() {
    return length > Long.BYTES ? Words.get(bytes, from + length - Long.BYTES) : 0;
  }
}
