package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.store.EmbeddedServer;
import io.bactrian.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal that comes while a command starts leaves no embedded server behind. */
final class SignalledStartTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private static Path folder;

  @BeforeAll
  static void makeAHome() {
    EmbeddedServer.open(Home.open(folder.resolve("home")), OptionalInt.empty()).close();
  }

  @AfterEach
  void leaveNoServerBehind() throws IOException {
    servers().forEach(ProcessHandle::destroyForcibly);
    await().atMost(SOON).until(() -> servers().isEmpty());
    Files.deleteIfExists(folder.resolve("home/postgres/data/postmaster.pid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "run", "tasks"})
  void aSignalWhileTheServerStartsStopsIt(String command) throws Exception {
    Path home = folder.resolve("home");
    assertThatNoServerIsLeft();
    Process process = start(command, home);
    stopWhenThereIs(home.resolve("postgres/data/postmaster.pid"), process);

    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isEqualTo(143);
    assertThatNoServerIsLeft();
  }

  @Test
  void aSignalDuringTheFirstStartLeavesAHomeThatOpens() throws Exception {
    Path home = folder.resolve("fresh");
    Process process = start("serve", home);
    stopWhenThereIs(home.resolve("postgres.lock"), process);

    assertThatNoServerIsLeft();
    EmbeddedServer.open(Home.open(home), OptionalInt.empty()).close();
  }

  private static void stopWhenThereIs(Path file, Process process) throws InterruptedException {
    await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> Files.exists(file));
    process.destroy();
    assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** A server deletes its pid file a moment before it ends. */
  private static void assertThatNoServerIsLeft() {
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(servers()).isEmpty());
  }

  private static List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("-D " + folder))
        .toList();
  }

  private static Process start(String command, Path home) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Bactrian.class.getName(),
                command));
    if (command.equals("run")) {
      line.add("fixtures/products.csv");
    }
    line.add("-Dbactrian.home=" + home);
    line.add("-Dbactrian.api.port=0");
    return new ProcessBuilder(line)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }
}
