package io.bactrian.bench;

import java.util.Collections;
import java.util.List;

/**
 * What one way took, over its rounds.
 *
 * @param name which way
 * @param millis of the query or job, one a round
 * @param wholeMillis of the whole process, start and database included, one a round
 * @param peakKib the most memory of any round
 */
record Measured(String name, List<Long> millis, List<Long> wholeMillis, long peakKib) {

  long median() {
    return median(millis);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** One line of the table. */
  String row(long duckdb, long springBatch) {
    return "%-22s %8d ms (%d-%d) %8d ms whole %6d MiB  %5.2f x DuckDB  1/%.1f of Spring Batch"
        .formatted(
            name,
            median(),
            Collections.min(millis),
            Collections.max(millis),
            median(wholeMillis),
            peakKib >> 10,
            (double) median() / duckdb,
            (double) springBatch / median());
  }
}
