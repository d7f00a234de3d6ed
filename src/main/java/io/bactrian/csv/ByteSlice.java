package io.bactrian.csv;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * The content of a field as bytes, without a copy where the file has it in one piece. Filled by
 * {@link RecordView#slice}; valid until the view moves. Not thread safe.
 */
public final class ByteSlice {
  private static final byte[] NOTHING = new byte[Words.PADDING];

  private byte[] bytes = NOTHING;
  private byte[] scratch = NOTHING;
  private int from;
  private int length;

  /** Bytes of an array that has {@link Words#PADDING} more. */
  void set(byte[] array, int start, int size) {
    bytes = array;
    from = start;
    length = size;
  }

  /** An array of its own for content that the file does not have in one piece. */
  byte[] scratch(int size) {
    if (scratch.length < size) {
      scratch = new byte[Math.max(size, 2 * scratch.length)];
    }
    return scratch;
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
    return Words.get(bytes, from) & used();
  }

  /** The last eight bytes as a word, or all of fewer, first byte lowest. */
  long tail() {
    return Words.get(bytes, from + Math.max(0, length - Long.BYTES)) & used();
  }

  /** Has the bits of as many bytes as there are; a shift by 64 would be none, hence two. */
  private long used() {
    int half = Math.min(Long.BYTES, length) * Byte.SIZE / 2;
    return (1L << half << half) - 1;
  }
}
