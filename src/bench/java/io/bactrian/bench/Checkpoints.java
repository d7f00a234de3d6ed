package io.bactrian.bench;

import java.util.List;

/**
 * What checkpoints have cost a node that serves, by its own metrics.
 *
 * @param count how many were written
 * @param seconds until each was committed; one that ends a step waits for others to commit with, on
 *     no worker's time
 * @param workSeconds spent in the routes of the workers
 */
record Checkpoints(double count, double seconds, double workSeconds) {
  /** Nothing was written, or nobody looked. */
  static final Checkpoints NONE = new Checkpoints(0, 0, 0);

  private static final String TIME = "bactrian_checkpoint_seconds";
  private static final String WORK = "camel_route_policy_seconds_sum";
  private static final String WORKERS = "/process_csv_batch\"";

  /** Reads the text that a node answers to a scrape. */
  static Checkpoints of(String metrics) {
    List<String> lines = metrics.lines().toList();
    return new Checkpoints(
        sum(lines, TIME + "_count", ""), sum(lines, TIME + "_sum", ""), sum(lines, WORK, WORKERS));
  }

  private static double sum(List<String> lines, String name, String with) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.contains(with))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  Checkpoints since(Checkpoints before) {
    return new Checkpoints(
        count - before.count, seconds - before.seconds, workSeconds - before.workSeconds);
  }

  Checkpoints plus(Checkpoints other) {
    return new Checkpoints(
        count + other.count, seconds + other.seconds, workSeconds + other.workSeconds);
  }

  @Override
  public String toString() {
    return "%.0f, %.0f ms until committed beside %.0f ms of work: %.2f %%"
        .formatted(count, seconds * 1e3, workSeconds * 1e3, 100 * seconds / workSeconds);
  }
}
