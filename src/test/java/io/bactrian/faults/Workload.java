package io.bactrian.faults;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of records that no two slices of are equal, and its answer by a plain loop.
 *
 * @param bad the records without a number for a value, by ordinal, as they stand in the file
 */
record Workload(Path file, int records, BigDecimal sum, Map<Long, String> bad) {
  static final String TEMPLATE = "suite/faults";

  /** Ranges of a file in all templates of the suite. */
  static final int RANGES = 4;

  static Workload write(Path file, int records, long seed) throws IOException {
    return write(file, records, seed, Set.of());
  }

  static Workload write(Path file, int records, long seed, Set<Long> bad) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder("ordinal,value,note\n");
    BigDecimal sum = BigDecimal.ZERO;
    var lines = new TreeMap<Long, String>();
    for (long ordinal = 1; ordinal <= records; ordinal++) {
      BigDecimal value = BigDecimal.valueOf(random.nextLong(-1_000_000_000, 1_000_000_000), 2);
      boolean isBad = bad.contains(ordinal);
      String line = ordinal + "," + (isBad ? "none" : value) + "," + note(random) + "\n";
      if (isBad) {
        lines.put(ordinal, line);
      } else {
        sum = sum.add(value);
      }
      text.append(line);
    }
    Files.writeString(file, text);
    return new Workload(file, records, sum, lines);
  }

  /** The first record of a range, the last of one, and some in a row around the end of a chunk. */
  static Set<Long> scattered(int records) {
    int range = records / RANGES;
    var bad = new HashSet<Long>();
    bad.add(1L);
    bad.add(2L * range);
    for (long ordinal = 2L * range + range / 2 - 4;
        ordinal <= 2L * range + range / 2 + 5;
        ordinal++) {
      bad.add(ordinal);
    }
    return bad;
  }

  /** Of the templates of the suite; {@code max_rejects} of one is what {@link #scattered} has. */
  String template() {
    return bad.isEmpty() ? "faults" : "rejects";
  }

  /** How many records have effects. */
  int good() {
    return records - bad.size();
  }

  /** What the convergence must answer. */
  String answer() {
    return good() + " " + sum.toPlainString();
  }

  private static String note(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "\"two\nlines\"";
      case 1 -> "\"a \"\"word\"\", quoted\"";
      case 2 -> "x".repeat(random.nextInt(40));
      default -> "";
    };
  }
}
