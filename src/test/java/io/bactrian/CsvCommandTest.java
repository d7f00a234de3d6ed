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
  void theRangesOfAPlanAreInTheWordsOfACursor() {
    Cli.Outcome outcome =
        new Cli(home).runAlone("plan", "fixtures/products.csv", "--max-workers", "3", "--json");

    assertThat(outcome.exit()).isZero();
    assertThat(Json.readTree(outcome.out()).get("records").asInt()).isEqualTo(1000);
    assertThat(Json.readTree(outcome.out()).get("ranges").get(0).toString())
        .startsWith(
            "{\"start_cursor\":1,\"end_cursor\":335,\"batch_size\":334,\"start_offset\":85,");
  }

  @Test
  void aPlanTellsItsGuessAndWhatIsRaggedOrMissing() throws IOException {
    Path file = Files.writeString(home.resolve("guess.csv"), "name;size\nx;1\ny\nz;3\n");
    Cli.Outcome outcome =
        new Cli(home)
            .runAlone("plan", file.toString(), "--delimiter", ";", "--columns", "name,sise");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .contains("delimiter ;: 3 of the first 4 records have 2 fields with it")
        .contains("ragged records  1; the first is record 2 at byte 14: found 1 fields; allowed: 2")
        .contains("problem         column sise is missing; did you mean 'size'?");
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

  @Test
  void aCharsetThatNobodyKnowsIsToldWhichThereAre() throws IOException {
    Path file = Files.writeString(home.resolve("charset.csv"), "a\n");

    assertThat(plan(file, "--charset", "utf-ate"))
        .contains("charset is 'utf-ate'; allowed: [UTF-8, ISO-8859-1, US-ASCII, windows-1252]");
  }

  @Test
  void quotesAreAsStrictAsTheOptionSays() throws IOException {
    Path file = Files.writeString(home.resolve("quotes.csv"), "a\n\"x\"y\n5\" pipe\n");

    assertThat(plan(file, "--quotes", "lenient")).contains("\"records\":2");
    assertThat(plan(file, "--quotes", "standard")).contains("after a closing quote is 0x79");
    Files.writeString(file, "a\n5\" pipe\n");
    assertThat(plan(file)).contains("\"records\":1");
    assertThat(plan(file, "--quotes", "strict")).contains("is a quote inside a field");
    assertThat(plan(file, "--quotes", "lax")).contains("allowed: strict, standard, lenient");
  }

  @Test
  void aRunawayQuoteEndsAtTheLongestRecordAllowed() throws IOException {
    Path file = Files.writeString(home.resolve("runaway.csv"), "a\n\"x\n1\n2\n3\n4\n5\n6\n");

    assertThat(plan(file, "--max-record-bytes", "8"))
        .contains("the quote opened at byte 2 is not closed within max_record_bytes; allowed: 8");
  }

  /** What {@code plan} prints; what it says where it fails. */
  private String plan(Path file, String... options) {
    var arguments = new ArrayList<>(List.of("plan", file.toString(), "--json"));
    arguments.addAll(List.of(options));
    Cli.Outcome outcome = new Cli(home).runAlone(arguments.toArray(String[]::new));
    return outcome.exit() == 0 ? outcome.out() : outcome.err();
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
