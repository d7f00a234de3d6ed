package io.bactrian.route;

import java.util.Map;

/**
 * How a batchable step divides its input.
 *
 * @param batchSize records a batch that make another one worth it
 * @param maxWorkers batches at most
 */
public record BatchLimits(int batchSize, int maxWorkers) {
  /** What counts for a file where nothing else is said. */
  public static final BatchLimits OF_FILES = new BatchLimits(200, 5);

  /** What counts for a table where nothing else is said. */
  static final BatchLimits OF_TABLES = new BatchLimits(1000, 5);

  /** {@code batch_size} and {@code max_workers} of an initialization; where it has none, these. */
  BatchLimits with(Map<String, Object> initialization) {
    return new BatchLimits(
        number(initialization, "batch_size", batchSize),
        number(initialization, "max_workers", maxWorkers));
  }

  private static int number(Map<String, Object> initialization, String key, int otherwise) {
    return initialization.get(key) instanceof Number number ? number.intValue() : otherwise;
  }
}
