package io.bactrian.csv;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random texts for properties, written with comma and {@code "}; {@link #in} puts them into a
 * dialect.
 */
final class CsvTexts {
  /** Stands before a quote inside an unquoted field, and nowhere else. */
  private static final String BEFORE_STRAY = "q";

  /** Stands before a doubled quote that may be written with an escape. */
  private static final String BEFORE_ESCAPED = "z";

  private CsvTexts() {}

  /** A header and some lines; with a byte order mark or not, once in a while with damage. */
  static Arbitrary<String> files(int leastLines, int mostLines) {
    Arbitrary<String> damage =
        Arbitraries.frequency(
            Tuple.of(12, ""), Tuple.of(1, "\""), Tuple.of(1, "\"x\"y"), Tuple.of(1, "x\"\""));
    return Combinators.combine(
            Arbitraries.of("", "\ufeff"),
            lines(leastLines, mostLines),
            damage,
            Arbitraries.doubles().between(0, 1))
        .as(
            (mark, lines, piece, place) -> {
              int at = (int) (place * lines.length());
              return mark
                  + "h1,\"h\n2\"\r\n"
                  + lines.substring(0, at)
                  + piece
                  + lines.substring(at);
            });
  }

  /** Lines that are in every dialect, once {@link #in} it; the last one may have no end. */
  private static Arbitrary<String> lines(int least, int most) {
    Arbitrary<String> plain =
        pieces(0, 6, "a", "b", "é", "茶", " ", "a#", ";", "\\a", BEFORE_STRAY + "\"");
    Arbitrary<String> field =
        Arbitraries.frequencyOf(
            Tuple.of(50, plain), Tuple.of(40, quoted(0, 8)), Tuple.of(1, quoted(30, 150)));
    Arbitrary<String> fields =
        field.list().ofMinSize(1).ofMaxSize(4).map(all -> String.join(",", all));
    Arbitrary<String> line =
        Arbitraries.frequencyOf(
            Tuple.of(20, fields),
            Tuple.of(1, Arbitraries.of("# a note", "#, " + BEFORE_STRAY + "\"")));
    Arbitrary<String> end = Arbitraries.of("\n", "\r\n", "\r", "\n\n");
    Arbitrary<String> lines =
        Combinators.combine(line, end)
            .as(String::concat)
            .list()
            .ofMinSize(least)
            .ofMaxSize(most)
            .map(all -> String.join("", all));
    return Combinators.combine(lines, Arbitraries.of("", "tail,\"no end\"", "x"))
        .as(String::concat);
  }

  private static Arbitrary<String> quoted(int least, int most) {
    String[] inside = {
      "a", ",", "é", "茶", "\n", "\r\n", "\r", "\"\"", "\\a", BEFORE_ESCAPED + "\"\""
    };
    return pieces(least, most, inside).map(text -> '"' + text + '"');
  }

  private static Arbitrary<String> pieces(int least, int most, String... pieces) {
    return Arbitraries.of(pieces)
        .list()
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(all -> String.join("", all));
  }

  /** A text in a dialect: its marks, and none of what it does not allow. */
  static byte[] in(Dialect dialect, String text) {
    String written = text;
    if (dialect.quotes() == Quotes.STRICT) {
      written = written.replace(BEFORE_STRAY + '"', BEFORE_STRAY);
    }
    if (dialect.escape().isPresent()) {
      written =
          written.replace(
              BEFORE_ESCAPED + "\"\"", BEFORE_ESCAPED + (char) dialect.escape().getAsInt() + '"');
    }
    return written
        .replace(',', (char) dialect.delimiter())
        .replace('"', (char) dialect.quote().orElse('"'))
        .getBytes(dialect.charset());
  }

  /** Of all kinds, with a header and without. */
  static Arbitrary<Dialect> dialects() {
    return Arbitraries.of(
        Stream.<Map<String, Object>>of(
                Map.of(),
                Map.of("quotes", "strict"),
                Map.of("quotes", "lenient", "keep_blank_lines", true),
                Map.of("escape", "\\", "comment", "#"),
                Map.of("escape", "\\", "quotes", "lenient"),
                Map.of("delimiter", ";", "quote", "'"),
                Map.of("delimiter", "tab", "comment", "#"),
                Map.of("quote", "none", "charset", "ISO-8859-1"),
                Map.of("max_record_bytes", 200))
            .flatMap(keys -> Stream.of(Dialect.fromMap(keys), Dialect.fromMap(withoutHeader(keys))))
            .toList());
  }

  private static Map<String, Object> withoutHeader(Map<String, Object> keys) {
    var all = new HashMap<>(keys);
    all.put("header", false);
    return all;
  }
}
