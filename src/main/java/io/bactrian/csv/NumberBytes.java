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
  private static final long POINTS = Words.needle('0' ^ '.');
  private static final long ONES = Words.needle(1);

  /** Added to a byte it sets the high bit, unless the byte is at most nine. */
  private static final long ABOVE_NINE = Words.needle(0x7f - 9);

  private static final long LAST_BYTE = 1L << (Long.SIZE - Byte.SIZE);

  private NumberBytes() {}

  /** Reads a decimal; false when it is none. */
  static boolean decimal(ByteSlice field, Scaled into) {
    int from = field.from();
    int to = from + field.length();
    return shortDecimal(field.array(), from, to, into) || read(field, true, into);
  }

  /** Reads a whole number; false when it is none. */
  static boolean integer(ByteSlice field, Scaled into) {
    int from = field.from();
    int to = from + field.length();
    return shortInteger(field.array(), from, to, into) || read(field, false, into);
  }

  /**
   * Reads a decimal of at most eight bytes without sign and blanks, all bytes at once; false when
   * it is something else, which may be a number too.
   *
   * @param bytes with {@link Words#PADDING} more than {@code to}
   */
  static boolean shortDecimal(byte[] bytes, int from, int to, Scaled into) {
    int length = to - from;
    if (length <= 0 || length > Long.BYTES) {
      return false;
    }
    int unused = Long.SIZE - length * Byte.SIZE;
    long digits = (Words.get(bytes, from) ^ ZEROS) << unused; // what is not used counts as zeros
    long other = digits ^ POINTS;
    long points = (other - ONES) & ~other & Words.HIGH; // the lowest is right
    int decimals = 0;
    if (points != 0) {
      long point = (points & -points) >>> 7;
      if ((point & (LAST_BYTE | (1L << unused))) != 0) {
        return false;
      }
      digits = (digits & -(point << Byte.SIZE)) | ((digits & (point - 1)) << Byte.SIZE);
      decimals = Long.numberOfLeadingZeros(point) >>> 3;
    }
    if (!areDigits(digits)) {
      return false;
    }
    into.set(value(digits), decimals);
    return true;
  }

  /** The same for a whole number. */
  static boolean shortInteger(byte[] bytes, int from, int to, Scaled into) {
    int length = to - from;
    if (length <= 0 || length > Long.BYTES) {
      return false;
    }
    long digits = (Words.get(bytes, from) ^ ZEROS) << (Long.SIZE - length * Byte.SIZE);
    if (!areDigits(digits)) {
      return false;
    }
    into.set(value(digits), 0);
    return true;
  }

  private static boolean areDigits(long digits) {
    return (((digits + ABOVE_NINE) | digits) & Words.HIGH) == 0;
  }

  /**
   * The number that eight digits are, the first one lowest: they are added up in pairs, then pairs
   * of pairs, as Daniel Lemire describes for SIMD within a register.
   */
  private static long value(long digits) {
    long pairs = digits * 10 + (digits >>> 8);
    long high = (pairs & 0x000000ff000000ffL) * 0x000f424000000064L;
    long low = (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L;
    return (high + low) >>> 32;
  }

  private static boolean read(ByteSlice field, boolean fraction, Scaled into) {
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
