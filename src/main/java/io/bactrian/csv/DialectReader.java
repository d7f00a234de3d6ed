package io.bactrian.csv;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads a {@link Dialect} from names and values. */
final class DialectReader {
  private static final List<String> KEYS =
      List.of(
          "delimiter",
          "quote",
          "escape",
          "comment",
          "charset",
          "header",
          "keep_blank_lines",
          "quotes",
          "max_record_bytes");

  private DialectReader() {}

  static Dialect read(Map<String, Object> map) {
    for (String key : map.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "unknown key '%s'; allowed: %s".formatted(key, String.join(", ", KEYS)));
      }
    }
    Dialect standard = Dialect.rfc4180();
    return new Dialect(
        (byte) mark(map, "delimiter", OptionalInt.of(standard.delimiter())).orElseThrow(),
        mark(map, "quote", standard.quote()),
        mark(map, "escape", standard.escape()),
        mark(map, "comment", standard.comment()),
        charset(map, standard.charset()),
        flag(map, "header", standard.header()),
        flag(map, "keep_blank_lines", standard.keepBlankLines()),
        map.containsKey("quotes")
            ? Quotes.of(String.valueOf(map.get("quotes")))
            : standard.quotes(),
        size(map, "max_record_bytes", standard.maxRecordBytes()));
  }

  private static OptionalInt mark(Map<String, Object> map, String key, OptionalInt otherwise) {
    Object value = map.get(key);
    if (value == null) {
      return otherwise;
    }
    String text = String.valueOf(value);
    if (text.equals("none") && !key.equals("delimiter")) {
      return OptionalInt.empty();
    }
    String mark = text.equals("tab") || text.equals("\\t") ? "\t" : text;
    boolean lineEnd = mark.equals("\r") || mark.equals("\n");
    if (mark.length() != 1 || mark.charAt(0) > 0x7f || lineEnd) {
      throw new IllegalArgumentException(
          "%s is '%s'; allowed: one ASCII character%s, not a line end"
              .formatted(key, text, key.equals("delimiter") ? " or tab" : " or none"));
    }
    return OptionalInt.of(mark.charAt(0));
  }

  private static Charset charset(Map<String, Object> map, Charset otherwise) {
    Object value = map.get("charset");
    if (value == null) {
      return otherwise;
    }
    try {
      return Charset.forName(String.valueOf(value));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "charset is '%s'; allowed: %s".formatted(value, Dialect.CHARSETS), e);
    }
  }

  private static boolean flag(Map<String, Object> map, String key, boolean otherwise) {
    Object value = map.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException("%s is '%s'; allowed: true, false".formatted(key, value));
  }

  private static int size(Map<String, Object> map, String key, int otherwise) {
    Object value = map.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer || value instanceof Long) {
      return Math.toIntExact(Math.min(((Number) value).longValue(), Integer.MAX_VALUE));
    }
    throw new IllegalArgumentException(
        "%s is '%s'; allowed: a whole number of bytes".formatted(key, value));
  }
}
