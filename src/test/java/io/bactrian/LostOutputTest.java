package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command printed and nobody got. */
@EnabledOnOs(OS.LINUX)
final class LostOutputTest {
  private static final String FILE = "fixtures/products.csv";

  @TempDir private Path folder;

  private record Outcome(int exit, String err) {}

  @ParameterizedTest
  @ValueSource(strings = {"plan " + FILE, "plan --json " + FILE, "csv " + FILE, "--help"})
  void aFullDiskIsAFailureAndTold(String command) throws Exception {
    assertThat(run("exec \"$@\" > /dev/full", command.split(" ")))
        .isEqualTo(
            new Outcome(
                1, "bactrian: standard output cannot be written: No space left on device\n"));
  }

  @Test
  void aClosedOutputIsAFailureAndTold() throws Exception {
    assertThat(run("exec \"$@\" >&-", "plan", FILE))
        .isEqualTo(
            new Outcome(1, "bactrian: standard output cannot be written: Bad file descriptor\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan --json " + FILE, "csv " + FILE})
  void aReaderThatHasSeenEnoughIsNoFailure(String command) throws Exception {
    assertThat(run("set -o pipefail; \"$@\" | true", command.split(" ")))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void aFailureThatCannotBePrintedKeepsItsExitCode() throws Exception {
    Outcome outcome = run("exec \"$@\" > /dev/full", "plan", FILE, "--json", "--no-such-option");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("unknown option", "standard output cannot be written");
  }

  /** Runs the program as {@code "$@"} of a script. */
  private Outcome run(String script, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("bash", "-c", script, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Bactrian.class.getName()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(err));
  }
}
