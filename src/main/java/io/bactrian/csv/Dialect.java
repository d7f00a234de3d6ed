package io.bactrian.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a file is delimited. All marks are single bytes.
 *
 * @param delimiter between two fields
 * @param quote opens a quoted field at its start; two of them inside are one; empty = no quoting
 * @param escape takes the meaning from the byte after it
 * @param comment a line that begins with it is no record
 * @param charset of the text: one in which ASCII is ASCII
 * @param header whether the first record names the columns
 * @param keepBlankLines whether an empty line is a record of one empty field; else it is none
 * @param quotes what quotes mean where RFC 4180 allows none
 * @param maxRecordBytes longest record allowed, its line end included; ends a runaway quote
 */
public record Dialect(
    byte delimiter,
    OptionalInt quote,
    OptionalInt escape,
    OptionalInt comment,
    Charset charset,
    boolean header,
    boolean keepBlankLines,
    Quotes quotes,
    int maxRecordBytes) {
  /** The longest record where nothing else is said: 16 MiB. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 16 << 20;

  private static final int LARGEST_MAX_RECORD_BYTES = 256 << 20;

  static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.US_ASCII,
          Charset.forName("windows-1252"));

  public Dialect {
    if (!CHARSETS.contains(charset)) {
      throw new IllegalArgumentException("charset is %s; allowed: %s".formatted(charset, CHARSETS));
    }
    if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "max_record_bytes is %d; allowed: 1 to %d"
              .formatted(maxRecordBytes, LARGEST_MAX_RECORD_BYTES));
    }
    distinct("quote", quote, "delimiter", OptionalInt.of(delimiter));
    distinct("escape", escape, "delimiter", OptionalInt.of(delimiter));
    distinct("escape", escape, "quote", quote);
    distinct("comment", comment, "delimiter", OptionalInt.of(delimiter));
    distinct("comment", comment, "quote", quote);
    distinct("comment", comment, "escape", escape);
  }

  private static void distinct(String name, OptionalInt mark, String otherName, OptionalInt other) {
    if (mark.isPresent() && mark.equals(other)) {
      throw new IllegalArgumentException(
          "%s and %s are both '%c'; allowed: two different characters"
              .formatted(name, otherName, mark.getAsInt()));
    }
  }

  /** RFC 4180: comma, double quote, UTF-8, a header; any line ends; an empty line is no record. */
  public static Dialect rfc4180() {
    return new Dialect(
        (byte) ',',
        OptionalInt.of('"'),
        OptionalInt.empty(),
        OptionalInt.empty(),
        StandardCharsets.UTF_8,
        true,
        false,
        Quotes.STANDARD,
        DEFAULT_MAX_RECORD_BYTES);
  }

  /** The dialect as JSON data; {@link #fromMap} reads it. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("delimiter", String.valueOf((char) delimiter));
    map.put("quote", quote.isPresent() ? String.valueOf((char) quote.getAsInt()) : "none");
    escape.ifPresent(mark -> map.put("escape", String.valueOf((char) mark)));
    comment.ifPresent(mark -> map.put("comment", String.valueOf((char) mark)));
    map.put("charset", charset.name());
    map.put("header", header);
    map.put("keep_blank_lines", keepBlankLines);
    map.put("quotes", quotes.key());
    map.put("max_record_bytes", maxRecordBytes);
    return map;
  }

  /**
   * Reads a dialect; what is not said is as in {@link #rfc4180}.
   *
   * @throws IllegalArgumentException naming the key, what was found and what is allowed
   */
  public static Dialect fromMap(Map<String, Object> map) {
    return DialectReader.read(map);
  }
}
