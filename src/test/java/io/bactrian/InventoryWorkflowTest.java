package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's main job, end to end, on a real PostgreSQL. */
final class InventoryWorkflowTest {
  private static final String SHIPPED = "csv_processing/csv_product_inventory_analyzer";

  @TempDir private Path home;
  private Cli cli = new Cli(Path.of(".bactrian"));

  @BeforeEach
  void openHome() {
    cli = new Cli(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "products",
        "products_one",
        "products_empty",
        "products_crlf",
        "products_cr",
        "products_blank_lines"
      })
  void theAnswerIsThatOfTheSecondProgram(String fixture) throws Exception {
    Cli.Outcome outcome = cli.run("run", "fixtures/" + fixture + ".csv", "--json");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.json()).containsEntry("status", "complete");
    assertThat(Json.MAPPER.valueToTree(outcome.json().get("result")).toString())
        .isEqualTo(expected(fixture).toString());
  }

  @Test
  void aThousandRecordsAreFiveWorkersAndSevenSteps() {
    Map<String, Object> document =
        cli.run(
                "run",
                SHIPPED,
                "--set",
                "csv_file_path=fixtures/products.csv",
                "--set",
                "analysis_mode=inventory",
                "--json")
            .json();

    JsonNode steps = Json.MAPPER.valueToTree(document.get("steps"));
    assertThat(steps.findValuesAsText("name"))
        .startsWith("analyze_csv", "process_csv_batch_001")
        .endsWith("process_csv_batch_005", "aggregate_csv_results")
        .hasSize(7);
    assertThat(steps.findValuesAsText("current_state")).containsOnly("complete");
    assertThat(document.keySet())
        .containsExactly("task_uuid", "status", "result", "steps", "elapsed_ms");
    JsonNode outcome = steps.get(0).at("/results/result/batch_processing_outcome");
    assertThat(outcome.at("/cursor_configs/4/start_cursor").asInt()).isEqualTo(801);
    assertThat(outcome.at("/cursor_configs/4/end_cursor").asInt()).isEqualTo(1001);
    JsonNode worker = steps.get(1).at("/results/result");
    assertThat(worker.get("batch_id").asText()).isEqualTo("001");
    assertThat(worker.get("start_row").asInt()).isEqualTo(1);
    assertThat(worker.get("end_row").asInt()).isEqualTo(201);
    assertThat(worker.get("processed_count").asInt()).isEqualTo(200);
    assertThat(worker.properties()).hasSize(13);
  }

  @Test
  void theTemplateOfTheRubyPlanGivesTheSameAnswer() throws Exception {
    Cli.Outcome outcome =
        cli.run(
            "run",
            SHIPPED + "_ruby@1.0.0",
            "--set",
            "csv_file_path=fixtures/products.csv",
            "--json");

    assertThat(Json.MAPPER.valueToTree(outcome.json().get("result")).toString())
        .isEqualTo(expected("products").toString());
  }

  @Test
  void aHeaderOnlyFileIsTwoStepsAndNoWorker() {
    Map<String, Object> document = cli.run("run", "fixtures/products_empty.csv", "--json").json();

    JsonNode steps = Json.MAPPER.valueToTree(document.get("steps"));
    assertThat(steps.findValuesAsText("name"))
        .containsExactly("analyze_csv", "aggregate_csv_results");
    assertThat(steps.findValuesAsText("current_state")).containsOnly("complete");
    assertThat(steps.get(0).at("/results/result").toString())
        .isEqualTo(
            "{\"batch_processing_outcome\":{\"type\":\"no_batches\"},\"reason\":\"dataset_too_small\",\"total_rows\":0,\"csv_file_path\":\"fixtures/products_empty.csv\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          products_ragged_short.csv | record 2 at byte 154: found 7 fields, column stock is missing; allowed: 11
          products_ragged_long.csv | record 3 at byte 228: found 12 fields, there is a field after column weight; allowed: 11
          products_unclosed_quote.csv | record 3 at byte 228: column 2: the quote opened at byte 230 is never closed
          products_wrong_header.csv | column price is missing (found 'prize')
          products_bad_price.csv | record 3 at byte 228: column price: found '49.95x'; allowed: a number
          zero_bytes.csv | record 0 at byte 0: the file is empty, it has no header; allowed: a header line
          no_such_file.csv | no_such_file.csv does not exist
          templates | is a directory; allowed: a readable file
          """)
  void badInputFailsAtOnceAndSaysWhereAndWhatNext(String file, String message) throws Exception {
    Cli.Outcome outcome = cli.run("run", "fixtures/" + file, "--json");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.json()).containsEntry("status", "blocked_by_failures");
    assertThat(outcome.err())
        .contains("(attempt 1)")
        .contains(message)
        .contains("start anew with: ./bactrian run fixtures/" + file);
    if (Files.isRegularFile(Path.of("fixtures", file))) {
      JsonNode error = expected(file.replace(".csv", "")).get("error");
      assertThat(outcome.err()).contains("record " + error.get("record").asInt() + " ");
      if (error.hasNonNull("column")) {
        assertThat(outcome.err()).contains("column " + error.get("column").asText());
      }
    }
  }

  @Test
  void otherDialectsAreReadWhenTold() throws Exception {
    Path file = home.resolve("semicolons.csv");
    Files.writeString(
        file,
        Files.readString(Path.of("fixtures/products_cr.csv"))
            .replace(',', ';')
            .replace('\r', '\n'));

    Cli.Outcome outcome = cli.run("run", file.toString(), "--delimiter", ";", "--json");

    assertThat(outcome.err()).isEmpty();
    assertThat(Json.MAPPER.valueToTree(outcome.json().get("result")).get("total_inventory_value"))
        .isEqualTo(expected("products_cr").get("total_inventory_value"));
  }

  @Test
  void twoRunsAtOnceInOneHomeBothFinishTheirOwn() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Cli.Outcome>> runs =
          List.of(
              () -> cli.run("run", "fixtures/products.csv", "--json"),
              () -> cli.run("run", "fixtures/products_cr.csv", "--json"));
      var done = both.invokeAll(runs);
      assertThat(Json.MAPPER.valueToTree(done.get(0).get().json().get("result")).toString())
          .isEqualTo(expected("products").toString());
      assertThat(Json.MAPPER.valueToTree(done.get(1).get().json().get("result")).toString())
          .isEqualTo(expected("products_cr").toString());
    } finally {
      both.shutdownNow();
    }
  }

  @Test
  void resumeRunsWhatWasSubmittedAndThenShowsTheNewest() {
    assertThat(cli.run("resume").exit()).isEqualTo(3);
    String task = cli.run("submit", "fixtures/products.csv").out().strip();
    assertThat(cli.run("task", task).out())
        .contains("steps in process")
        .contains("0 of 2 complete");

    Cli.Outcome resumed = cli.run("resume", "--json");
    assertThat(resumed.exit()).isZero();
    assertThat(resumed.json()).containsEntry("task_uuid", task).containsEntry("status", "complete");
    assertThat(cli.run("resume", "--json").json()).containsEntry("task_uuid", task);
    assertThat(cli.run("steps", task).out().lines()).hasSize(8);
    assertThat(cli.run("tasks").out()).contains(task).contains("7/7");
  }

  @Test
  void whatIsNotThereIsExitThreeAndWrongUseIsExitTwo() {
    assertThat(cli.run("run", "csv_processing/csv_product_inventory_analyser").err())
        .contains("there is no template")
        .contains("did you mean");
    assertThat(cli.run("run", "csv_processing/none").exit()).isEqualTo(3);
    assertThat(cli.run("task", "00000000-0000-0000-0000-000000000001").exit()).isEqualTo(3);
    assertThat(cli.run("task", "nope").exit()).isEqualTo(2);
    assertThat(cli.run("run", SHIPPED).err()).contains("input_schema").contains("csv_file_path");
    assertThat(cli.run("run", SHIPPED).exit()).isEqualTo(2);
  }

  private static JsonNode expected(String fixture) throws Exception {
    return Json.readTree(Files.readString(Path.of("fixtures", fixture + ".expected.json")));
  }
}
