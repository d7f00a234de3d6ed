package io.bactrian.faults;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A file of records that no two slices of are equal, and its answer by a plain loop. */
record Workload(Path file, int records, BigDecimal sum) {
  static final String TEMPLATE = "suite/faults";

  static Workload write(Path file, int records, long seed) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder("ordinal,value,note\n");
    BigDecimal sum = BigDecimal.ZERO;
    for (int ordinal = 1; ordinal <= records; ordinal++) {
      BigDecimal value = BigDecimal.valueOf(random.nextLong(-1_000_000_000, 1_000_000_000), 2);
      sum = sum.add(value);
      text.append(ordinal).append(',').append(value).append(',').append(note(random)).append('\n');
    }
    Files.writeString(file, text);
    return new Workload(file, records, sum);
  }

  /** What the convergence must answer. */
  String answer() {
    return records + " " + sum.toPlainString();
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
