package io.bactrian.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one measurement as a process of its own, and reads the one document it prints. */
final class Child {
  private static final int MINUTES = 10;

  private final Path java;

  Child(Path javaHome) {
    this.java = javaHome.resolve("bin").resolve("java");
  }

  /**
   * What a process said and took.
   *
   * @param figures its answer
   * @param millis what it says the query or job took
   * @param wholeMillis from its start to its end
   * @param peakKib the most memory it had
   */
  record Outcome(Figures figures, long millis, long wholeMillis, long peakKib) {}

  /** A peer of the bench's own class path. */
  Outcome peer(String name, Path file, long records) throws IOException, InterruptedException {
    return run(
        List.of(
            "-XX:+UseParallelGC",
            "-cp",
            System.getProperty("java.class.path"),
            PeerMain.class.getName(),
            name,
            file.toString(),
            String.valueOf(records)),
        Map.of());
  }

  /** The shipped program: {@code run FILE --json} in a home that has a database. */
  Outcome bactrian(Path jar, List<String> options, List<String> arguments, Path home)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(options);
    command.addAll(List.of("-Xlog:disable", "-XX:+UseParallelGC", "-jar", jar.toString(), "run"));
    command.addAll(arguments);
    command.add("--json");
    return run(command, Map.of("BACTRIAN_HOME", home.toString()));
  }

  private Outcome run(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(arguments);
    Path out = Files.createTempFile("bench", ".json");
    Path err = Files.createTempFile("bench", ".err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    Process process = builder.start();
    long peak = peakUntilEnd(process);
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s".formatted(command, process.exitValue(), Files.readString(err)));
    }
    JsonNode document = Json.readTree(Files.readString(out, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return new Outcome(
        Figures.of(document.path("result")),
        document.path("elapsed_ms").longValue(),
        whole,
        document.path("peak_kib").asLong(peak));
  }

  /** Waits for a process, looking at its peak memory while it lives. */
  private static long peakUntilEnd(Process process) throws InterruptedException {
    long peak = -1;
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(status));
      if (System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("a measurement took longer than %d min".formatted(MINUTES));
      }
    }
    return peak;
  }

  private static long peak(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}
