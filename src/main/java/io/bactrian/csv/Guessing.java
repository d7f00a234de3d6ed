package io.bactrian.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Guesses the dialect of a sample, one part after the other. Not thread safe. */
final class Guessing {
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
  private static final List<String> QUOTES = List.of("\"", "'");

  private final byte[] bytes;
  private final boolean cut;
  private final Dialect asked;
  private final Map<String, String> reasons = new LinkedHashMap<>();

  /**
   * @param cut whether the file goes on after the sample
   */
  Guessing(byte[] bytes, boolean cut, Dialect asked) {
    this.bytes = bytes;
    this.cut = cut;
    this.asked = asked;
  }

  DialectGuess guess() {
    var dialect = new HashMap<>(asked.toMap());
    dialect.put("charset", charset().name());
    Fit best = best(dialect);
    dialect.putAll(best.marks());
    dialect.put("quotes", quotes(dialect).key());
    dialect.put("header", header(best));
    return new DialectGuess(Dialect.fromMap(dialect), reasons);
  }

  private Charset charset() {
    Charset found = StandardCharsets.ISO_8859_1;
    String why = "the sample is text in no other";
    for (String name : List.of("windows-1252", "UTF-8")) {
      if (isText(Charset.forName(name))) {
        found = Charset.forName(name);
        why = isMarked() ? "the file begins with its byte order mark" : "the sample is text in it";
      }
    }
    reasons.put("charset", why);
    boolean same =
        isText(asked.charset())
            && new String(bytes, found).equals(new String(bytes, asked.charset()));
    return same ? asked.charset() : found;
  }

  private boolean isText(Charset charset) {
    return TextCheck.of(charset).check(padded(), 0, bytes.length, !cut) >= 0;
  }

  /** Whether it begins with the byte order mark of UTF-8. */
  private boolean isMarked() {
    return bytes.length > 2
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private byte[] padded() {
    return Arrays.copyOf(bytes, bytes.length + Words.PADDING);
  }

  /** The fields of the sample in a dialect, before its first record. */
  private RecordFields fields(Dialect dialect) {
    var fields = RecordFields.of(dialect, 16);
    fields.bytes(padded(), isMarked() ? 3 : 0, bytes.length, !cut);
    return fields;
  }

  private Fit best(Map<String, Object> known) {
    String askedQuote = mark("quote");
    Fit best = fit(known, mark("delimiter"), askedQuote);
    for (String delimiter : candidates("delimiter", DELIMITERS)) {
      for (String quote : candidates("quote", QUOTES)) {
        if (!delimiter.equals(quote)) {
          Fit fit = fit(known, delimiter, quote);
          boolean used = quote.equals(askedQuote) || fit.quoted() > 0;
          best = used && fit.score() > best.score() ? fit : best;
        }
      }
    }
    reasons.put(
        "delimiter",
        best.fields() < 2
            ? "no other divides the records"
            : "%d of the first %d records have %d fields with it"
                .formatted(best.usual(), best.records().size(), best.fields()));
    reasons.put("quote", "no other quote divides the records better");
    return best;
  }

  /** What was asked for, then the usual marks that mean nothing else. */
  private Set<String> candidates(String key, List<String> usual) {
    var candidates = new LinkedHashSet<String>();
    candidates.add(mark(key));
    candidates.addAll(usual);
    candidates.removeAll(List.of(mark("escape"), mark("comment")));
    return candidates;
  }

  private String mark(String key) {
    return String.valueOf(asked.toMap().getOrDefault(key, ""));
  }

  private Fit fit(Map<String, Object> known, String delimiter, String quote) {
    var map = new HashMap<>(known);
    map.put("delimiter", delimiter);
    map.put("quote", quote);
    map.put("quotes", Quotes.LENIENT.key());
    Dialect dialect = Dialect.fromMap(map);
    return Fit.of(dialect, bytes, fields(dialect));
  }

  /** The first mode from the one that was asked for that reads the whole sample. */
  private Quotes quotes(Map<String, Object> known) {
    String why = "the sample keeps to it";
    for (Quotes quotes : EnumSet.range(asked.quotes(), Quotes.LENIENT)) {
      var map = new HashMap<>(known);
      map.put("quotes", quotes.key());
      RecordFields fields = fields(Dialect.fromMap(map));
      int found = 0;
      while (found >= 0) {
        found = fields.next();
      }
      if (found != RecordFields.BROKEN) {
        reasons.put("quotes", why);
        return quotes;
      }
      why = "%s does not read the record at byte %d".formatted(quotes.key(), fields.nextStart());
    }
    reasons.put("quotes", "no mode reads the sample to its end");
    return asked.quotes();
  }

  private boolean header(Fit best) {
    if (best.records().isEmpty()) {
      reasons.put("header", "there is no record");
      return asked.header();
    }
    List<String> first = best.records().get(0);
    String why = "the first record's fields are different names";
    boolean header = true;
    if (first.stream().anyMatch(Guessing::isNumber)) {
      why = "a field of the first record is a number";
      header = false;
    } else if (new HashSet<>(first).size() < first.size()) {
      why = "two fields of the first record are the same";
      header = false;
    }
    reasons.put("header", why);
    return header;
  }

  private static boolean isNumber(String text) {
    return text.strip().matches("[-+]?[0-9]+([.,][0-9]+)?");
  }
}
