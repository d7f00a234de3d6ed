package io.bactrian.bench;

import java.util.Collections;
import java.util.List;

/**
 * What one way took, over its rounds.
 *
 * @param name which way
 * @param warm whether its process had done the same before
 * @param millis of the query or job, one a round
 * @param wholeMillis of the whole process, start and database included, one a round; of a serving
 *     node: from the request to the sight of the result
 * @param peakKib the most memory of any round
 * @param checkpoints of all rounds
 */
record Measured(
    String name,
    boolean warm,
    List<Long> millis,
    List<Long> wholeMillis,
    long peakKib,
    Checkpoints checkpoints) {
  static final String HEAD =
      "%-42s %22s %12s %10s %24s %10s %9s %13s"
          .formatted(
              "way",
              "query or job, ms",
              "records/s",
              "ns/record",
              "whole process, ms",
              "peak, MiB",
              "x DuckDB",
              "Spring Batch/");

  long median() {
    return median(millis);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String spread(List<Long> values) {
    return "%d (%d-%d)".formatted(median(values), Collections.min(values), Collections.max(values));
  }

  /**
   * One line of the table, under {@link #HEAD}.
   *
   * @param duckdb what DuckDB took; 0 when it was not measured
   * @param springBatch what Spring Batch took; 0 when it was not measured
   */
  String row(long records, long duckdb, long springBatch) {
    double median = Math.max(1, median());
    return "%-42s %22s %,12.0f %,10.0f %24s %10d %9s %13s"
        .formatted(
            name,
            spread(millis),
            records * 1e3 / median,
            median * 1e6 / records,
            spread(wholeMillis),
            peakKib >> 10,
            duckdb == 0 ? "-" : "%.2f".formatted(median / duckdb),
            springBatch == 0 ? "-" : "%.1f".formatted(springBatch / median));
  }
}
