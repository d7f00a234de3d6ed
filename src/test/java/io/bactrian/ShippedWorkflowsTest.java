package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped workflows beside the inventory, each on its fixtures. */
final class ShippedWorkflowsTest {
  private static final String APPROVAL = "approval/conditional_approval";
  private static final String SOURCES = "choice/one_of_two_sources";
  private static final String EXPORT = "export/nightly_export";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.01 | policy | auto_approve",
        "999.99 | policy | auto_approve",
        "1000 | manager | manager_approval",
        "9999.99 | manager | manager_approval",
        "10000 | manager,finance | manager_approval,finance_review"
      })
  void whoApprovesDependsOnTheAmount(String amount, String approvers, String steps)
      throws IOException {
    JsonNode document = run(APPROVAL, "--set", "amount=" + amount, "--set", "requester=Ada");

    assertThat(document.at("/result/approved").asBoolean()).isTrue();
    assertThat(document.at("/result/amount").asText()).isEqualTo(amount);
    assertThat(String.join(",", document.at("/result/approvals").findValuesAsText("by")))
        .isEqualTo(approvers);
    assertThat(names(document))
        .containsExactlyElementsOf(
            List.of(("choose_approval," + steps + ",finalize").split(",", -1)));
  }

  @Test
  void aRequestWithoutAnAmountIsNoTask() {
    Cli.Outcome outcome = cli().run("run", APPROVAL, "--set", "requester=Ada", "--json");

    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.err()).contains("amount");
  }

  @Test
  void aFileIsAddedUpWhereTheContextNamesOne() throws IOException {
    JsonNode document = run(SOURCES, "--set", "csv_file_path=fixtures/workflows/amounts.csv");

    assertThat(document.get("result").toString())
        .isEqualTo(Files.readString(Path.of("fixtures/workflows/amounts.expected.json")).strip());
    assertThat(names(document))
        .containsExactly(
            "look",
            "choose_source",
            "plan_file",
            "add_file_001",
            "add_file_002",
            "add_file_003",
            "total");
  }

  @Test
  void aTableIsAddedUpWhereTheContextNamesNone() throws IOException {
    JsonNode document = run(SOURCES, "--set", "rows=250");

    int sum = 0;
    for (int id = 1; id <= 250; id++) {
      sum += id * 37 % 101;
    }
    assertThat(document.get("result").toString())
        .isEqualTo("{\"rows\":250,\"amount\":%d}".formatted(sum));
    assertThat(names(document)).contains("add_table_003").doesNotContain("plan_file");
  }

  @Test
  void anExportIsTheRowsOfTheTableInFilesThatItsManifestNames() throws IOException {
    Cli cli = cli();
    for (int i = 0; i < 3; i++) {
      cli.run("run", APPROVAL, "--set", "amount=" + (i + 1), "--set", "requester=Ada");
    }
    String name = "test-" + java.util.UUID.randomUUID();
    Path export = Path.of("export", name);
    try {
      JsonNode document = run(cli, EXPORT, "--set", "folder=" + name);

      JsonNode manifest = Json.readTree(Files.readString(export.resolve("manifest.json")));
      assertThat(manifest).isEqualTo(document.get("result"));
      var lines = new ArrayList<String>();
      for (String part : (Iterable<String>) () -> manifest.get("parts").fieldNames()) {
        List<String> rows = Files.readAllLines(export.resolve(part));
        assertThat(rows).hasSize(manifest.at("/parts/" + part).asInt());
        lines.addAll(rows);
      }
      assertThat(lines)
          .as("three approvals and the export itself")
          .hasSize(4)
          .doesNotHaveDuplicates()
          .filteredOn(line -> line.contains(",approval,conditional_approval,1.0.0,complete,"))
          .hasSize(3);
    } finally {
      deleteAll(export);
    }
  }

  @ParameterizedTest
  @CsvSource({
    APPROVAL + ",conditional-approval",
    SOURCES + ",one-of-two-sources",
    EXPORT + ",nightly-export"
  })
  void theDocsShowWhatTheCommandDraws(String template, String image) throws IOException {
    String drawing = cli().run("graph", template, "--format", "svg").out();

    assertThat(Files.readString(Path.of("docs/images", image + ".svg"))).isEqualTo(drawing);
    assertThat(Files.readString(Path.of("docs/workflows", image + ".md")))
        .contains("../images/" + image + ".svg")
        .contains(template);
  }

  private JsonNode run(String template, String... arguments) {
    return run(cli(), template, arguments);
  }

  private static JsonNode run(Cli cli, String template, String... arguments) {
    var all = new ArrayList<>(List.of("run", template, "--json"));
    all.addAll(List.of(arguments));
    Cli.Outcome outcome = cli.run(all.toArray(String[]::new));
    assertThat(outcome.exit()).as(outcome.err() + outcome.out()).isZero();
    return Json.MAPPER.valueToTree(outcome.json());
  }

  private Cli cli() {
    return new Cli(folder.resolve("home"));
  }

  private static List<String> names(JsonNode document) {
    return StreamSupport.stream(document.get("steps").spliterator(), false)
        .map(step -> step.get("name").asText())
        .toList();
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
