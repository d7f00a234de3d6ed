package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the dialect of a file looks like from its first 256 KiB, with the reasons.
 *
 * @param dialect the guess
 * @param reasons one for each part of it, by the part's name
 */
public record DialectGuess(Dialect dialect, Map<String, String> reasons) {
  private static final int SAMPLE = 256 << 10;
  private static final int MOST_RECORDS = 200;
  private static final List<String> DELIMITERS = List.of(",", ";", "tab", "|");
  private static final List<String> QUOTES = List.of("\"", "'");

  /**
   * Looks at a file.
   *
   * @throws CsvException if it is no file that may be read
   * @throws CsvReadException if reading fails
   */
  public static DialectGuess of(Path file) {
    try (FileChannel channel = FileBytes.open(file)) {
      byte[] bytes = new byte[(int) Math.min(SAMPLE, channel.size())];
      FileBytes.read(channel, 0, bytes.length).get(bytes);
      return new Guessing(bytes, channel.size() > bytes.length).guess();
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }

  /** How well a delimiter and a quote divide the sample. */
  private record Fit(
      Map<String, Object> dialect, int records, int usual, int fields, List<List<String>> read) {
    /** Records with the usual number of fields; a delimiter that divides nothing is worth none. */
    long score() {
      return fields < 2 ? 0 : (long) usual * 1_000 / Math.max(1, records) * 100 + fields;
    }
  }

  private static final class Guessing {
    private final byte[] bytes;
    private final boolean cut;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    Guessing(byte[] bytes, boolean cut) {
      this.bytes = bytes;
      this.cut = cut;
    }

    DialectGuess guess() {
      var dialect = new HashMap<String, Object>();
      Charset charset = charset();
      dialect.put("charset", charset.name());
      Fit best = fit(dialect, ",", "\"");
      for (String delimiter : DELIMITERS) {
        for (String quote : QUOTES) {
          Fit fit = fit(dialect, delimiter, quote);
          best = fit.score() > best.score() ? fit : best;
        }
      }
      dialect.putAll(best.dialect());
      say(best);
      dialect.put("header", header(best));
      return new DialectGuess(Dialect.fromMap(dialect), reasons);
    }

    private Charset charset() {
      for (String name : List.of("UTF-8", "windows-1252")) {
        Charset charset = Charset.forName(name);
        if (TextCheck.of(charset).check(padded(), 0, bytes.length, !cut) >= 0) {
          reasons.put(
              "charset",
              isMarked() ? "the file begins with its byte order mark" : "the sample is text in it");
          return charset;
        }
      }
      reasons.put("charset", "the sample is text in no other");
      return StandardCharsets.ISO_8859_1;
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

    private Fit fit(Map<String, Object> known, String delimiter, String quote) {
      var map = new HashMap<>(known);
      map.put("delimiter", delimiter);
      map.put("quote", quote);
      map.put("quotes", "lenient");
      Dialect dialect = Dialect.fromMap(map);
      var fields = RecordFields.of(dialect, 16);
      fields.bytes(padded(), isMarked() ? 3 : 0, bytes.length, !cut);
      var read = new ArrayList<List<String>>();
      var times = new HashMap<Integer, Integer>();
      while (read.size() < MOST_RECORDS && fields.next() >= 0) {
        read.add(texts(fields, dialect));
        times.merge(fields.count(), 1, Integer::sum);
      }
      var usual =
          times.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(Map.entry(0, 0));
      return new Fit(
          Map.of("delimiter", delimiter, "quote", quote),
          read.size(),
          usual.getValue(),
          usual.getKey(),
          read);
    }

    private List<String> texts(RecordFields fields, Dialect dialect) {
      var content = new FieldBytes(dialect);
      var slice = new ByteSlice();
      var texts = new ArrayList<String>();
      for (int i = 0; i < fields.count(); i++) {
        content.content(bytes, fields.start(i), fields.end(i), slice);
        texts.add(slice.text(dialect.charset()));
      }
      return texts;
    }

    private void say(Fit best) {
      reasons.put(
          "delimiter",
          best.fields() < 2
              ? "no other divides the records"
              : "%d of the first %d records have %d fields with it"
                  .formatted(best.usual(), best.records(), best.fields()));
      reasons.put("quote", "no other quote divides the records better");
    }

    private boolean header(Fit best) {
      if (best.read().isEmpty()) {
        reasons.put("header", "there is no record");
        return true;
      }
      List<String> first = best.read().get(0);
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
}
