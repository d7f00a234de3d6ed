package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.CsvFile;
import io.bactrian.csv.Dialect;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reader says of every fixture, against the second program and against itself. */
final class CsvCommandTest {
  @TempDir private Path home;

  static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("fixtures"))) {
      return files.filter(f -> f.toString().endsWith(".csv")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everySliceIsTheSliceOfAFullRead(Path file) {
    List<String> all = read(file, 0, Long.MAX_VALUE);
    for (int from : List.of(0, 1, 2, 3, 250, 999)) {
      for (int to : List.of(0, 1, 2, 3, 4, 251, 1001, 5000)) {
        int start = Math.min(from, all.size());
        assertThat(read(file, from, to))
            .isEqualTo(all.subList(start, Math.max(start, Math.min(to, all.size()))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theRecordsAreThoseOfTheSecondProgram(Path file) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "fixtures/Expected.java",
                "--records",
                file.toString())
            .redirectError(home.resolve("err").toFile())
            .start();
    List<String> expected =
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    program.waitFor();

    assertThat(read(file, 0, Long.MAX_VALUE)).isEqualTo(expected);
  }

  @Test
  void theCommittedAnswersAreWhatTheSecondProgramPrints() throws Exception {
    for (Path file : fixtures().toList()) {
      Path answer = Path.of(file.toString().replace(".csv", ".expected.json"));
      if (Files.exists(answer)) {
        Process program =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dfile.encoding=UTF-8",
                    "fixtures/Expected.java",
                    file.toString())
                .start();
        String printed =
            new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Json.readTree(printed)).isEqualTo(Json.readTree(Files.readString(answer)));
      }
    }
  }

  @Test
  void theCommandsThatOnlyReadFilesNeedNoHome() {
    Cli cli = new Cli(home);
    assertThat(new Cli(home).run("templates", "list").out())
        .contains("csv_product_inventory_analyzer_ruby");
    assertThat(
            cli.run(
                    "templates",
                    "validate",
                    "fixtures/templates/csv_product_inventory_analyzer.yaml")
                .out())
        .contains("valid, csv_processing/csv_product_inventory_analyzer@1.0.0")
        .contains("note: task_handler has no effect");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void recordsThatEndBeforeTheyBeginAreWrongUse() {
    for (String[] slice : new String[][] {{"-1", "2"}, {"10", "5"}}) {
      Cli.Outcome outcome =
          new Cli(home)
              .runAlone("csv", "fixtures/products.csv", "--from", slice[0], "--to", slice[1]);

      assertThat(outcome.exit()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .contains("--from is %s, --to is %s; allowed: ordinals".formatted(slice[0], slice[1]));
    }
  }

  private static List<String> read(Path file, long from, long to) {
    var lines = new ArrayList<String>();
    try {
      CsvFile.forEach(file, Dialect.rfc4180(), from, to, r -> lines.add(Json.write(r.fields())));
    } catch (CsvException e) {
      assertThat(file.toString()).contains("unclosed_quote");
    }
    return lines;
  }
}
