package io.bactrian.csv;

import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How many bytes a second the planner passes: {@code java io.bactrian.csv.PlannerBench FILE
 * [ROUNDS]}.
 */
final class PlannerBench {
  private PlannerBench() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads++) {
      double best = 0;
      long records = 0;
      for (int i = 0; i < rounds; i++) {
        long started = System.nanoTime();
        try (FileChannel channel = FileBytes.open(file)) {
          Plan plan = Planner.plan(file, Dialect.rfc4180(), channel, BlockPass.BLOCK, threads);
          records = plan.recordCount();
          best = Math.max(best, plan.fingerprint().size() / (double) (System.nanoTime() - started));
        }
      }
      System.out.printf("%d threads: %d records, best %.2f GB/s%n", threads, records, best);
    }
  }
}
