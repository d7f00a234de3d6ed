package io.bactrian.inventory;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads numbers of a product file: optional sign, digits, optional {@code .digits}; blanks around
 * are trimmed; no exponent, no grouping.
 */
final class NumberField {
  static final String DECIMAL = "a number such as 12 or -3.50";
  static final String INTEGER = "a whole number such as 12";

  private NumberField() {}

  static Optional<BigDecimal> decimal(String text) {
    String number = text.trim();
    return isNumber(number, true) ? Optional.of(new BigDecimal(number)) : Optional.empty();
  }

  static Optional<BigDecimal> integer(String text) {
    String number = text.trim();
    return isNumber(number, false) ? Optional.of(new BigDecimal(number)) : Optional.empty();
  }

  private static boolean isNumber(String text, boolean fraction) {
    int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int digits = digitsEnd(text, at);
    if (digits == at) {
      return false;
    }
    if (!fraction || digits == text.length()) {
      return digits == text.length();
    }
    return text.charAt(digits) == '.'
        && digits + 1 < text.length()
        && digitsEnd(text, digits + 1) == text.length();
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
