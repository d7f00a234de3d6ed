package io.bactrian.csv;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers from bytes: optional sign, digits, optional {@code .digits}; bytes up to the space
 * around are trimmed; no exponent, no grouping.
 */
final class NumberBytes {
  private static final int MOST_DIGITS = 18;
  private static final long ZEROS = Words.needle('0');
  private static final long POINTS = Words.needle('.');

  private NumberBytes() {}

  /** Reads a decimal; false when it is none. */
  static boolean decimal(ByteSlice field, Scaled into) {
    return read(field, true, into);
  }

  /** Reads a whole number; false when it is none. */
  static boolean integer(ByteSlice field, Scaled into) {
    return read(field, false, into);
  }

  private static boolean read(ByteSlice field, boolean fraction, Scaled into) {
    int length = field.length();
    int to = field.from() + length;
    boolean word = length > 0 && length <= Long.BYTES && to >= Long.BYTES;
    return (word && readWord(field, fraction, into)) || readBytes(field, fraction, into);
  }

  /**
   * Reads a number of at most eight bytes without sign and blanks, all bytes at once; false when it
   * is something else, which may be a number too.
   *
   * <p>Digits are added up in pairs, then pairs of pairs, as Daniel Lemire describes for SIMD
   * within a register.
   */
  private static boolean readWord(ByteSlice field, boolean fraction, Scaled into) {
    int length = field.length();
    int unused = (Long.BYTES - length) * Byte.SIZE;
    long word = Words.get(field.array(), field.from() + length - Long.BYTES);
    long digits = (word ^ ZEROS) >>> unused << unused; // bytes before the field count as zeros
    long point = Words.mask(word, POINTS) >>> unused << unused;
    int decimals = 0;
    if (point != 0) {
      int bit = Long.numberOfTrailingZeros(point) - 7;
      decimals = Long.BYTES - 1 - (bit >>> 3);
      if (!fraction || bit == unused || decimals == 0) {
        return false;
      }
      long before = digits & ((1L << bit) - 1);
      digits = digits >>> bit >>> Byte.SIZE << bit << Byte.SIZE | before << Byte.SIZE;
    }
    if (((digits + 0x7676767676767676L | digits) & Words.HIGH) != 0) {
      return false;
    }
    long pairs = digits * 10 + (digits >>> 8);
    long high = (pairs & 0x000000ff000000ffL) * 0x000f424000000064L;
    long low = (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L;
    into.set((high + low) >>> 32, decimals);
    return true;
  }

  private static boolean readBytes(ByteSlice field, boolean fraction, Scaled into) {
    byte[] bytes = field.array();
    int from = field.from();
    int to = from + field.length();
    while (from < to && isBlank(bytes[to - 1])) {
      to--;
    }
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    int first = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
    long value = 0;
    int at = first;
    while (at < to && isDigit(bytes[at])) {
      value = value * 10 + (bytes[at++] - '0');
    }
    int digits = at - first;
    int decimals = 0;
    if (fraction && digits > 0 && at < to && bytes[at] == '.') {
      int point = at++;
      while (at < to && isDigit(bytes[at])) {
        value = value * 10 + (bytes[at++] - '0');
      }
      decimals = at - point - 1;
      if (decimals == 0) {
        return false;
      }
    }
    if (digits == 0 || at < to) {
      return false;
    }
    if (digits + decimals <= MOST_DIGITS) {
      into.set(bytes[from] == '-' ? -value : value, decimals);
    } else {
      into.set(new BigDecimal(new String(bytes, from, to - from, StandardCharsets.US_ASCII)));
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
