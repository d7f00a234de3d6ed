package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan --template} says: a file against what a template needs of it. */
final class PlanTemplateTest {
  private static final String INVENTORY = "csv_processing/csv_product_inventory_analyzer";

  @TempDir private Path folder;

  /** What a worker of the tests wants. */
  public record Item(String sku, long piecesLeft) {}

  @ParameterizedTest
  @ValueSource(strings = {INVENTORY, INVENTORY + "_ruby@1.0.0"})
  void theShippedTemplatesHaveTheirColumns(String template) {
    Cli.Outcome outcome = plan("fixtures/products.csv", template);

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("template        " + template)
        .contains("step analyze_csv divides the file: batch_size 200, max_workers 5")
        .contains("step analyze_csv: the header has its columns")
        .contains("step process_csv_batch: the header has its columns")
        .contains("ranges          5, by batch_size 200, max_workers 5")
        .doesNotContain("further columns")
        .doesNotContain("problem");
  }

  @Test
  void aMissingColumnIsNamedWithTheNearestAndAFurtherOneIsToo() {
    JsonNode document = json("fixtures/products_wrong_header.csv", INVENTORY);

    assertThat(document.get("problems").toString())
        .isEqualTo(
            "[\"step analyze_csv: column price is missing (found 'prize')\",\"step process_csv_batch: column price is missing (found 'prize')\"]");
    assertThat(document.get("template").get("further_columns").toString()).isEqualTo("[\"prize\"]");
    assertThat(plan("fixtures/products_wrong_header.csv", INVENTORY).out())
        .contains("step analyze_csv: the header lacks something, see the problems")
        .contains("further columns, which no step needs: prize");
  }

  @Test
  void aRecordTypeTellsItsColumns() throws IOException {
    Path templates = templates("csvAnalyzer", "rows: " + Item.class.getName());
    Path file = Files.writeString(folder.resolve("items.csv"), "SKU,Pieces Lost,colour\na,1,red\n");

    Cli.Outcome outcome = plan(file.toString(), "demo/items", settings(templates));

    assertThat(outcome.out())
        .contains("step plan divides the file: batch_size 2, max_workers 3")
        .contains("further columns, which no step needs: Pieces Lost, colour")
        .contains(
            "problem         step load: column piecesLeft is missing, for %s; did you mean 'Pieces Lost'?"
                .formatted(Item.class.getName()));

    Files.writeString(file, "sku,pieces_left\na,1\nb,1\nc,1\n");
    assertThat(plan(file.toString(), "demo/items", settings(templates)).out())
        .contains("step load: the header has its columns")
        .contains("ranges          2, by batch_size 2, max_workers 3")
        .doesNotContain("problem")
        .doesNotContain("further columns");
  }

  @Test
  void aNameThatStandsTwiceIsRefusedByMapsAndByWhoNeedsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("twins.csv"), "sku,a,a,piecesLeft\nx,1,2,3\n");

    Path maps = templates("csvAnalyzer", "rows: maps");
    assertThat(plan(file.toString(), "demo/items", settings(maps)).out())
        .contains("step load: neither template nor handler loadItems tells its columns")
        .contains("problem         step load: column a stands twice; allowed: different names");

    Path records = templates("csvAnalyzer", "rows: " + Item.class.getName());
    assertThat(plan(file.toString(), "demo/items", settings(records)).out())
        .doesNotContain("problem");
    Files.writeString(file, "sku,pieces_left,piecesLeft\nx,1,2\n");
    assertThat(plan(file.toString(), "demo/items", settings(records)).out())
        .contains("problem         step load: column piecesLeft stands 2 times; allowed: once");
  }

  @Test
  void whatNobodyTellsIsSaidToBeNotCompared() throws IOException {
    Path templates = templates("ownPlan", "rows: views");

    Cli.Outcome outcome = plan("fixtures/products.csv", "demo/items@1", settings(templates));

    assertThat(outcome.out())
        .contains("batch_size 2, max_workers 3, if its handler ownPlan does as csvAnalyzer does")
        .contains("step plan: neither template nor handler ownPlan tells its columns; not compared")
        .contains("step load: neither template nor handler loadItems tells its columns; not comp")
        .contains("ranges          3, by batch_size 2, max_workers 3")
        .doesNotContain("further columns");
  }

  @Test
  void aRouteOfOnesOwnInPlaceOfAShippedOneDoesNotTell() throws IOException {
    Path routes = folder.resolve("routes");
    Files.createDirectories(routes.resolve("inventory"));
    Files.writeString(routes.resolve("inventory/analyze-csv.camel.yaml"), "- route: {}\n");

    Cli.Outcome outcome =
        plan("fixtures/products.csv", INVENTORY, "-Dbactrian.routes.dir=" + routes);

    assertThat(outcome.out())
        .contains("step analyze_csv: neither template nor handler")
        .contains("step process_csv_batch: the header has its columns");
  }

  @Test
  void aTableIsNoFile() {
    assertThat(plan("fixtures/products.csv", "export/nightly_export").out())
        .contains("no step of it divides a file; the ranges are those of the options");
    assertThat(plan("fixtures/products.csv", "choice/one_of_two_sources").out())
        .contains("step plan_file divides the file: batch_size 3, max_workers 4")
        .contains("step add_file: neither template nor handler addAmounts tells its columns")
        .doesNotContain("add_table")
        .contains("ranges          4, by batch_size 3, max_workers 4");
  }

  @Test
  void whatIsGivenCountsBeforeTheTemplate() {
    assertThat(plan("fixtures/products.csv", INVENTORY, "--max-workers=2").out())
        .contains("ranges          2, by batch_size 200, max_workers 2");
  }

  @Test
  void anUnknownTemplateIsNamedWithTheNearest() {
    Cli.Outcome outcome = plan("fixtures/products.csv", "export/nightly_exprot");

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("did you mean 'export/nightly_export@1.0.0'?");
  }

  /** The names under which {@link ShippedColumns} knows the routes of the example. */
  @ParameterizedTest
  @CsvSource({
    "analyze-csv, BatchProcessing::CsvAnalyzerHandler, productAnalyzer",
    "process-csv-batch, BatchProcessing::CsvBatchProcessorHandler, productBatch"
  })
  void theRoutesOfTheExampleLeadToTheBeansWhoseColumnsAreKnown(String route, String id, String bean)
      throws IOException {
    assertThat(Files.readString(Path.of("routes/inventory/%s.camel.yaml".formatted(route))))
        .contains("id: " + id, "uri: direct:" + route, "ref: " + bean);
    assertThat(ShippedColumns.of(Settings.load(Map.of())).keySet())
        .contains(id, "direct:" + route, bean);
  }

  @Test
  void neitherDatabaseNorCamelIsStarted() throws Exception {
    Path loaded = folder.resolve("classes.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                "io.bactrian.Bactrian",
                "plan",
                "fixtures/products.csv",
                "--template=" + INVENTORY,
                "-Dbactrian.home=" + folder.resolve("home"))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(Files.readString(folder.resolve("out"))).contains("the header has its columns");
    assertThat(Files.readString(loaded))
        .contains("io.bactrian.route.FileUse")
        .doesNotContain("org.apache.camel", "org.postgresql", "com.zaxxer");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  private Path templates(String planner, String worker) throws IOException {
    Path templates = Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        templates.resolve("items.yaml"),
        """
        name: items
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: %s, initialization: {batch_size: 2, max_workers: 3}}
          - name: load
            type: batch_worker
            dependencies: [plan]
            %s
            handler: {callable: loadItems, initialization: {fold: ownFold}}
        """
            .formatted(planner, worker));
    return templates;
  }

  private static String settings(Path templates) {
    return "-Dbactrian.templates.dir=" + templates;
  }

  private static JsonNode json(String file, String template) {
    return Json.readTree(plan(file, template, "--json").out());
  }

  private static Cli.Outcome plan(String file, String template, String... options) {
    var arguments = new ArrayList<>(List.of("plan", file, "--template", template));
    arguments.addAll(List.of(options));
    return new Cli(Map.of()).runAlone(arguments.toArray(String[]::new));
  }
}
