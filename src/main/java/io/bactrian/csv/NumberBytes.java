package io.bactrian.csv;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers from bytes: optional sign, digits, optional {@code .digits}; bytes up to the space
 * around are trimmed; no exponent, no grouping.
 */
final class NumberBytes {
  private static final int MOST_DIGITS = 18;

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
