package io.bactrian.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a delimiter and a quote divide a sample.
 *
 * @param marks the two, as a dialect's map has them
 * @param records the first records, at most 200
 * @param fields how many fields most of them have
 * @param usual how many records have that many
 * @param quoted how many fields begin with the quote
 */
record Fit(
    Map<String, Object> marks, List<List<String>> records, int fields, int usual, int quoted) {
  private static final int MOST_RECORDS = 200;

  /**
   * @param bytes the sample
   * @param found its fields in the dialect, before the first record
   */
  static Fit of(Dialect dialect, byte[] bytes, RecordFields found) {
    int quote = dialect.quote().orElse(Integer.MIN_VALUE);
    var content = new FieldBytes(dialect);
    var slice = new ByteSlice();
    var records = new ArrayList<List<String>>();
    var times = new HashMap<Integer, Integer>();
    int quoted = 0;
    while (records.size() < MOST_RECORDS && found.next() >= 0) {
      var texts = new ArrayList<String>();
      for (int i = 0; i < found.count(); i++) {
        int start = found.start(i);
        quoted += start < found.end(i) && bytes[start] == quote ? 1 : 0;
        content.content(bytes, start, found.end(i), slice);
        texts.add(slice.text(dialect.charset()));
      }
      records.add(texts);
      times.merge(texts.size(), 1, Integer::sum);
    }
    var usual = times.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(Map.entry(0, 0));
    Map<String, Object> map = dialect.toMap();
    return new Fit(
        Map.of(
            "delimiter", map.getOrDefault("delimiter", ""), "quote", map.getOrDefault("quote", "")),
        records,
        usual.getKey(),
        usual.getValue(),
        quoted);
  }

  /** Records with the usual number of fields; a delimiter that divides nothing is worth none. */
  long score() {
    return fields < 2 ? 0 : (long) usual * 1_000 / Math.max(1, records.size()) * 100 + fields;
  }
}
