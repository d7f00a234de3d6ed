package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellCommandTest {
  private static final List<String> ODD =
      List.of("run", "my file's.csv", "--set", "a={\"b\": [1, $HOME]}", "", "--delimiter", ";");

  @Test
  void plainWordsStayAsTheyAre() {
    assertThat(ShellCommand.of(List.of("resume", "-Dbactrian.home=/a/b-c", "x@1.0")))
        .isEqualTo("./bactrian resume -Dbactrian.home=/a/b-c x@1.0");
  }

  @Test
  void aShellReadsTheSameWordsAgain() throws Exception {
    String line = ShellCommand.of(ODD);
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line).redirectErrorStream(true).start();
    String words =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();

    assertThat(words).isEqualTo("./bactrian\n" + String.join("\n", ODD));
  }
}
