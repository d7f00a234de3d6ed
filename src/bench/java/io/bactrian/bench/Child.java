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

  /** How the launcher starts a run: our scan alone is started likewise. */
  private static final List<String> LAUNCHER_OPTIONS =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /**
   * What a process said and took.
   *
   * @param figures its answer
   * @param millis what it says the query or job took
   * @param wholeMillis from its start to its end
   * @param peakKib the most memory it had
   * @param checkpoints what they cost, of a node that serves
   */
  record Outcome(
      Figures figures, long millis, long wholeMillis, long peakKib, Checkpoints checkpoints) {}

  /** A peer of the bench's own class path and Java. */
  Outcome peer(String name, Path file, long records) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseParallelGC");
    if (name.startsWith(Peers.SCAN_ONLY)) {
      command.addAll(LAUNCHER_OPTIONS);
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            PeerMain.class.getName(),
            name,
            file.toString(),
            String.valueOf(records)));
    return run(command, Map.of());
  }

  /** The shipped program: {@code run FILE --json}. */
  Outcome bactrian(Launcher launcher, List<String> job, Path home)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<String>();
    arguments.add("run");
    arguments.addAll(job);
    arguments.add("--json");
    return run(launcher.command(arguments), launcher.environment(home));
  }

  private Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
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
        document.path("peak_kib").asLong(peak),
        Checkpoints.NONE);
  }

  /** Waits for a process, looking at its peak memory while it lives. */
  private static long peakUntilEnd(Process process) throws InterruptedException {
    long peak = -1;
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process));
      if (System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("a measurement took longer than %d min".formatted(MINUTES));
      }
    }
    return peak;
  }

  /** The most memory a process has had until now, in KiB; -1 where the system does not tell. */
  static long peak(Process process) {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
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
