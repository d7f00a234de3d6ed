package io.bactrian.route;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;

/** What a field of a Java record may be, and how it is read from text. */
enum FieldType {
  TEXT,
  WHOLE,
  DECIMAL,
  FLAG,
  DATE,
  TIME,
  CHOICE;

  private static final String NUMBER = "[-+]?[0-9]+(\\.[0-9]+)?";
  private static final Map<Class<?>, FieldType> TYPES =
      Map.ofEntries(
          Map.entry(String.class, TEXT),
          Map.entry(int.class, WHOLE),
          Map.entry(Integer.class, WHOLE),
          Map.entry(long.class, WHOLE),
          Map.entry(Long.class, WHOLE),
          Map.entry(BigInteger.class, WHOLE),
          Map.entry(double.class, DECIMAL),
          Map.entry(Double.class, DECIMAL),
          Map.entry(BigDecimal.class, DECIMAL),
          Map.entry(boolean.class, FLAG),
          Map.entry(Boolean.class, FLAG),
          Map.entry(LocalDate.class, DATE),
          Map.entry(Instant.class, TIME));

  static FieldType of(Class<?> type) {
    FieldType found = type.isEnum() ? CHOICE : TYPES.get(type);
    if (found == null) {
      throw new IllegalArgumentException(
          "a field of type %s; allowed: String, int, long, double, boolean, BigInteger, BigDecimal, LocalDate, Instant, enums"
              .formatted(type.getName()));
    }
    return found;
  }

  /**
   * Reads a field.
   *
   * @throws RuntimeException if the text is no such value
   */
  Object read(String text, Class<?> type) {
    return switch (this) {
      case TEXT -> text;
      case WHOLE -> whole(new BigInteger(text.strip().replaceFirst("^\\+", "")), type);
      case DECIMAL -> decimal(text.strip(), type);
      case FLAG -> flag(text.strip());
      case DATE -> LocalDate.parse(text.strip());
      case TIME -> Instant.parse(text.strip());
      case CHOICE -> choice(text.strip(), type);
    };
  }

  private static Object whole(BigInteger number, Class<?> type) {
    if (type == BigInteger.class) {
      return number;
    }
    return type == int.class || type == Integer.class
        ? (Object) number.intValueExact()
        : (Object) number.longValueExact();
  }

  private static Object decimal(String text, Class<?> type) {
    if (!text.matches(NUMBER)) {
      throw new NumberFormatException(text);
    }
    var number = new BigDecimal(text);
    return type == BigDecimal.class ? number : (Object) number.doubleValue();
  }

  private static Object flag(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    throw new IllegalArgumentException(text);
  }

  private static Object choice(String text, Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow();
  }

  String allowed(Class<?> type) {
    return switch (this) {
      case TEXT -> "text";
      case WHOLE -> "a whole number within %s".formatted(type.getSimpleName());
      case DECIMAL -> "a number such as 12 or -3.50";
      case FLAG -> "true, false";
      case DATE -> "a date such as 2026-01-31";
      case TIME -> "a time such as 2026-01-31T10:15:30Z";
      case CHOICE -> Arrays.toString(type.getEnumConstants());
    };
  }
}
