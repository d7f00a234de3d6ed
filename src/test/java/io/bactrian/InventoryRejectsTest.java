package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory of a file with bad records: they are set aside, the others are counted. */
final class InventoryRejectsTest {
  private static final String FILE = "fixtures/rejects/products.csv";

  @TempDir private Path home;
  private Cli cli = new Cli(Path.of(".bactrian"));

  @BeforeEach
  void openHome() {
    cli = new Cli(home);
  }

  private JsonNode run() {
    return Json.MAPPER.valueToTree(
        cli.run(
                "run",
                "csv_processing/csv_product_inventory_rejects",
                "--set",
                "csv_file_path=" + FILE,
                "--json")
            .json());
  }

  @Test
  void theAnswerIsThatOfTheSecondProgramWithoutTheBadRecords() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "fixtures/Expected.java",
                "--rejects",
                FILE)
            .start();
    String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed)
        .isEqualTo(Files.readString(Path.of("fixtures/rejects/products.expected.json")));
    assertThat(run().get("result").toString()).isEqualTo(Json.readTree(printed).toString());
  }

  @Test
  void theWorkerCountsWhatItSetAside() {
    JsonNode worker = run().at("/steps/1/results/result");

    assertThat(worker.get("processed_count").asInt()).isEqualTo(4);
    assertThat(worker.get("rejected_count").asInt()).isEqualTo(5);
    assertThat(worker.get("end_row").asInt()).isEqualTo(10);
  }
}
