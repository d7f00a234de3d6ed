package io.bactrian.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies maps that are JSON data already: the JDK's maps, lists, texts, exact numbers and truth
 * values give what Jackson makes of them, without its passes. Everything else is left to Jackson,
 * and with it every error.
 */
final class PlainJson {
  private static final int DEEPEST = 50;
  private static final int LONGEST_TEXT = 100_000;
  private static final int MOST_DIGITS = 100;
  private static final int MOST_BITS = 300;
  private static final Object NOT_PLAIN = new Object();

  private final boolean asRead;

  private PlainJson(boolean asRead) {
    this.asRead = asRead;
  }

  /** A copy with the same numbers; empty if that is for Jackson to make. */
  static Optional<Map<String, Object>> copy(Object value) {
    return new PlainJson(false).object(value);
  }

  /** The same as the JSON text gives when it is read: integers in the smallest type that holds. */
  static Optional<Map<String, Object>> asRead(Object value) {
    return new PlainJson(true).object(value);
  }

  @SuppressWarnings("unchecked")
  private Optional<Map<String, Object>> object(Object value) {
    return value instanceof Map<?, ?> && copy(value, 0) instanceof Map<?, ?> map
        ? Optional.of((Map<String, Object>) map)
        : Optional.empty();
  }

  private @Nullable Object copy(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean || value instanceof Integer) {
      return value;
    }
    if (value instanceof String text) {
      return text.length() > LONGEST_TEXT ? NOT_PLAIN : text;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (depth == DEEPEST || value.getClass().getModule() != Object.class.getModule()) {
      return NOT_PLAIN;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, depth + 1);
    }
    return value instanceof List<?> list ? list(list, depth + 1) : NOT_PLAIN;
  }

  private Object map(Map<?, ?> map, int depth) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = copy(entry.getValue(), depth);
      if (value == NOT_PLAIN || !(entry.getKey() instanceof String key)) {
        return NOT_PLAIN;
      }
      copy.put(key, value);
    }
    return copy;
  }

  private Object list(List<?> list, int depth) {
    var copy = new ArrayList<@Nullable Object>(list.size());
    for (Object element : list) {
      Object value = copy(element, depth);
      if (value == NOT_PLAIN) {
        return NOT_PLAIN;
      }
      copy.add(value);
    }
    return copy;
  }

  private Object number(Number number) {
    if (number instanceof Long whole) {
      return asRead ? smallest(whole) : whole;
    }
    if (number instanceof BigInteger whole && whole.bitLength() <= MOST_BITS) {
      return asRead ? smallest(whole) : whole;
    }
    if (number instanceof BigDecimal decimal
        && decimal.precision() <= MOST_DIGITS
        && Math.abs(decimal.scale()) <= MOST_DIGITS) {
      return asRead && decimal.scale() <= 0 ? smallest(decimal.toBigIntegerExact()) : decimal;
    }
    return NOT_PLAIN;
  }

  private static Object smallest(BigInteger whole) {
    return whole.bitLength() < Long.SIZE ? smallest(whole.longValue()) : whole;
  }

  private static Object smallest(long whole) {
    if (whole == (int) whole) {
      return (int) whole;
    }
    return whole;
  }
}
