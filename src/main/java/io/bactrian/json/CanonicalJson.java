package io.bactrian.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One text for all ways of writing the same JSON value, in the manner of RFC 8785: keys in the
 * order of their UTF-16 units, no blanks, the shortest escapes, numbers as ECMAScript writes them.
 *
 * <p>Numbers are exact, of any length; those that a double can hold are written as RFC 8785 says.
 */
public final class CanonicalJson {
  /** ECMAScript writes numbers below 1e21 and from 1e-6 on without an exponent. */
  private static final int MOST_INTEGER_DIGITS = 21;

  private static final int MOST_LEADING_ZEROS = 5;
  private static final int FIRST_PRINTABLE = 0x20;

  private CanonicalJson() {}

  /** Writes a value. */
  public static String write(JsonNode value) {
    var out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, JsonNode value) {
    if (value.isObject()) {
      List<String> keys = new ArrayList<>();
      value.fieldNames().forEachRemaining(keys::add);
      Collections.sort(keys);
      out.append('{');
      for (String key : keys) {
        separate(out, '{');
        text(out, key);
        out.append(':');
        append(out, value.get(key));
      }
      out.append('}');
    } else if (value.isArray()) {
      out.append('[');
      for (JsonNode element : value) {
        separate(out, '[');
        append(out, element);
      }
      out.append(']');
    } else if (value.isNumber()) {
      out.append(number(value.decimalValue()));
    } else if (value.isTextual()) {
      text(out, value.textValue());
    } else {
      out.append(value.asText());
    }
  }

  private static void separate(StringBuilder out, char opening) {
    if (out.charAt(out.length() - 1) != opening) {
      out.append(',');
    }
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static String number(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = value.stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    long integerDigits = (long) digits.length() - shortest.scale();
    String sign = value.signum() < 0 ? "-" : "";
    if (integerDigits <= MOST_INTEGER_DIGITS && integerDigits >= -MOST_LEADING_ZEROS) {
      return sign + shortest.abs().toPlainString();
    }
    String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
    return String.format(
        Locale.ROOT, "%s%c%se%+d", sign, digits.charAt(0), rest, integerDigits - 1);
  }
}
