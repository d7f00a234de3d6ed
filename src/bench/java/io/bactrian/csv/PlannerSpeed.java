package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The planner alone, warm: bytes per second on one thread and on two. */
public final class PlannerSpeed {
  private static final int ROUNDS = 7;

  private PlannerSpeed() {}

  /** One line for each number of threads. */
  public static List<String> lines(Path file) throws IOException {
    return List.of(line(file, 1), line(file, 2));
  }

  private static String line(Path file, int threads) throws IOException {
    long[] nanos = new long[ROUNDS];
    long records = 0;
    try (FileChannel channel = FileBytes.open(file)) {
      for (int round = 0; round < ROUNDS; round++) {
        long began = System.nanoTime();
        records =
            Planner.plan(file, Dialect.rfc4180(), channel, BlockPass.BLOCK, threads).recordCount();
        nanos[round] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    double bytes = Files.size(file);
    return "planner, %d thread%s: %.2f GB/s (%.2f-%.2f, %d passes), %.1f ns/record"
        .formatted(
            threads,
            threads == 1 ? "" : "s",
            bytes / nanos[ROUNDS / 2],
            bytes / nanos[ROUNDS - 1],
            bytes / nanos[0],
            ROUNDS,
            (double) nanos[ROUNDS / 2] / records);
  }
}
