package io.bactrian.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at once. A needle is an ASCII byte repeated eight times; a mask has the high
 * bit of each byte that is the needle, first byte lowest.
 *
 * <p>The zero byte test without carries is from H. S. Warren, Hacker's Delight, section 6-1.
 */
final class Words {
  /** Bytes that may be read after the last one of interest, by words or by the widest vectors. */
  static final int PADDING = 64;

  static final long LOW = 0x7f7f7f7f7f7f7f7fL;
  static final long HIGH = 0x8080808080808080L;

  /** What makes the high bit of a byte of seven bits that is 14 or more. */
  private static final long FROM_14 = 0x7272727272727272L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  static long get(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static long needle(int ascii) {
    return 0x0101010101010101L * ascii;
  }

  /** Where a needle stands in a word. */
  static long mask(long word, long needle) {
    return ~((((word & LOW) ^ needle) + LOW) | word) & HIGH;
  }

  /** Where any of three needles stands in a word. */
  static long mask(long word, long first, long second, long third) {
    long low = word & LOW;
    return ~((((low ^ first) + LOW) & ((low ^ second) + LOW) & ((low ^ third) + LOW)) | word)
        & HIGH;
  }

  /** Where a needle stands in a word, or a byte below 14, which line ends are and few others. */
  static long maskOrControl(long word, long needle) {
    long low = word & LOW;
    return ~((((low ^ needle) + LOW) & (low + FROM_14)) | word) & HIGH;
  }

  /** Where any of two needles stands in a word, or a byte below 14. */
  static long maskOrControl(long word, long first, long second) {
    long low = word & LOW;
    return ~((((low ^ first) + LOW) & ((low ^ second) + LOW) & (low + FROM_14)) | word) & HIGH;
  }

  /** How many bytes stand before the first that a mask tells. */
  static int first(long mask) {
    return Long.numberOfTrailingZeros(mask) >>> 3;
  }
}
