package io.bactrian.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Calls PostgreSQL's own programs. Each call has a time limit and writes to a log file. */
final class PostgresTools {
  private static final long LIMIT_SECONDS = 60;
  private static final long POLL_MILLIS = 5;

  private final Path bin;
  private final Path log;

  /**
   * @param bin where the programs are
   * @param log where their output goes
   */
  PostgresTools(Path bin, Path log) {
    this.bin = bin;
    this.log = log;
  }

  /** Runs a program of PostgreSQL to its end. */
  void run(String program, String... arguments) {
    run(() -> false, program, arguments);
  }

  /** Runs a program of PostgreSQL until a condition holds, at most to its end. */
  void run(BooleanSupplier done, String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
              .start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (done.getAsBoolean()) {
          return;
        }
        if (System.nanoTime() > end) {
          process.destroyForcibly();
          throw failed(program, "took longer than " + LIMIT_SECONDS + " s");
        }
      }
      if (process.exitValue() != 0) {
        throw failed(program, "ended with " + process.exitValue());
      }
    } catch (IOException e) {
      throw failed(program, "cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(program, "was interrupted");
    }
  }

  private StoreException failed(String program, String how) {
    return new StoreException(
        "%s of the embedded PostgreSQL %s: %s (see %s; setting bactrian.home)"
            .formatted(program, how, lastLine(), log));
  }

  private String lastLine() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.stream()
          .filter(
              line ->
                  line.contains("FATAL") || line.contains("error:") || line.contains("No space"))
          .reduce((first, second) -> second)
          .orElse(lines.isEmpty() ? "no output" : lines.get(lines.size() - 1));
    } catch (IOException e) {
      return "no log";
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"))
        && System.getProperty("os.name").equals("Linux");
  }

  private static Path nothing() {
    return Path.of(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
