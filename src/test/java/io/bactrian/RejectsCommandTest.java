package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.store.RejectRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejected records on the command line, beside the database and over a server. */
final class RejectsCommandTest {
  private static final String TEMPLATE =
      """
      name: forgiving
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler:
            callable: BatchProcessing::CsvAnalyzerHandler
            initialization: {batch_size: 4, max_workers: 2}
        - name: work
          type: batch_worker
          dependencies: [plan]
          on_bad_row: reject
          handler: {callable: BatchProcessing::CsvBatchProcessorHandler}
        - name: total
          type: deferred_convergence
          dependencies: [work]
          handler: {callable: BatchProcessing::CsvResultsAggregatorHandler}
      """;
  private static final String HEADER =
      "id,title,description,category,price,discountPercentage,rating,stock,brand,sku,weight";
  private static final List<String> PRODUCTS =
      List.of(
          "1,Pen,x,office,2.50,0,4.5,3,Acme,P-1,0.1",
          "2,Ink,\"two\nlines\",office,many,0,4.0,5,Acme,P-2,0.2",
          "3,Lamp,x,home,19.99,0,3.9,2,Bulb,L-3,1.5",
          "4,Rug,x,home,100.00,0,4.1,1,Weft,R-4,4.0",
          "5,Mug,x,home,5.25,0,4.8,ten,Clay,M-5,0.4",
          "6,Cap,x");

  @TempDir private static Path home;
  private static ApiNode node;
  private static Cli local;
  private static RejectRows rows;
  private static Path file;

  @BeforeAll
  static void start() throws IOException {
    Path templates = Files.createDirectories(home.resolve("templates"));
    Files.writeString(templates.resolve("own.yaml"), TEMPLATE);
    file = Files.writeString(home.resolve("products.csv"), csv(PRODUCTS, "\r\n"));
    node =
        new ApiNode(
            home,
            Map.of(
                "bactrian.templates.dir",
                templates.toString(),
                "bactrian.data-roots",
                home.toString()));
    Map<String, String> settings = new HashMap<>(node.settings());
    settings.remove("bactrian.api.port");
    local = new Cli(settings);
    rows = new RejectRows(node.database());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String csv(List<String> records, String lineEnd) {
    return HEADER + lineEnd + String.join(lineEnd, records);
  }

  private static Cli.Outcome run(boolean there, String... words) {
    if (!there) {
      return local.run(words);
    }
    var all = new ArrayList<>(List.of(words));
    all.add("--server=" + node.client().address());
    return local.runAlone(all.toArray(String[]::new));
  }

  private static Cli.Outcome submitted(boolean there, Path input) {
    return run(there, "run", "demo/forgiving", "--set", "csv_file_path=" + input);
  }

  private static UUID task(Cli.Outcome run) {
    return UUID.fromString(
        run.out()
            .lines()
            .filter(l -> l.startsWith("task "))
            .findFirst()
            .orElseThrow()
            .substring(9));
  }

  private static UUID clean() {
    return task(local.run("run", "fixtures/products.csv"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasRejectedIsSeenCorrectedAndSubmittedAgain(boolean there) throws IOException {
    Cli.Outcome first = submitted(there, file);
    UUID task = task(first);
    Path out = home.resolve("rejects-%s.csv".formatted(there));

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .containsPattern("\nrejected 3   \\(see them: \\S+ rejects " + task)
        .containsPattern("total_processed +3\n");
    Cli.Outcome seen = run(there, "rejects", task.toString());
    assertThat(seen.exit()).isZero();
    assertThat(seen.err()).isEmpty();
    assertThat(seen.out().lines().toList())
        .satisfiesExactly(
            l -> assertThat(l).matches("STEP +ORDINAL +BYTE +REASON"),
            l -> assertThat(l).matches("work_001 +2 +[0-9]+ +.*price.*many.*"),
            l -> assertThat(l).matches("work_002 +5 +[0-9]+ +.*stock.*ten.*"),
            l -> assertThat(l).matches("work_002 +6 +[0-9]+ +.*fields.*"));
    Cli.Outcome written = run(there, "rejects", task.toString(), "--out", out.toString());
    assertThat(written.exit()).as(written.err()).isZero();
    assertThat(Files.readString(out))
        .isEqualTo(csv(List.of(PRODUCTS.get(1), PRODUCTS.get(4), PRODUCTS.get(5)), "\r\n"));
    assertThat(written.out())
        .isEqualTo("%s: 3 records, %d bytes%n".formatted(out, Files.size(out)));

    Files.writeString(
        out,
        Files.readString(out)
            .replace("many", "1.10")
            .replace("ten", "10")
            .replace("6,Cap,x", "6,Cap,x,wear,7.00,0,4.0,2,Wool,C-6,0.2"));
    Cli.Outcome second = submitted(there, out);

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.out())
        .doesNotContain("rejected ")
        .containsPattern("total_processed +3\n")
        .containsPattern("total_inventory_value +72.00\n");
    assertThat(first.out()).containsPattern("total_inventory_value +147.48\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theDocumentHasTheRecordsExactly(boolean there) {
    UUID task = task(submitted(false, file));

    JsonNode json = json(run(there, "rejects", task.toString(), "--step", "work_001", "--json"));

    assertThat(json.at("/task_uuid").asText()).isEqualTo(task.toString());
    assertThat(json.at("/rejected").asInt()).isEqualTo(1);
    assertThat(json.at("/rejects/0/step").asText()).isEqualTo("work_001");
    assertThat(json.at("/rejects/0/template_step").asText()).isEqualTo("work");
    assertThat(json.at("/rejects/0/ordinal").asInt()).isEqualTo(2);
    assertThat(json.at("/rejects/0/record").asText()).isEqualTo(PRODUCTS.get(1) + "\r\n");
    assertThat(json.at("/rejects/0/record_base64").asText()).isNotEmpty();
    assertThat(json.at("/rejects/0/created_at").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlySoManyAreListedAndTheRestIsHintedAt(boolean there) {
    UUID task = clean();
    IntStream.rangeClosed(1, 150)
        .forEach(i -> rows.insert(task, "process_csv_batch_001", i, i + ",x\n"));

    Cli.Outcome usual = run(there, "rejects", task.toString());
    Cli.Outcome many = run(there, "rejects", task.toString(), "--limit", "140");
    Cli.Outcome all = run(there, "rejects", task.toString(), "--limit", "150", "--json");

    assertThat(usual.out().lines()).hasSize(51);
    assertThat(usual.err())
        .contains("50 of 150; more with --limit, all as a file: ")
        .contains("rejects %s --out FILE".formatted(task));
    assertThat(many.out().lines()).hasSize(141);
    assertThat(many.out()).contains("record 140 is bad");
    assertThat(json(all).get("rejects")).hasSize(150);
    assertThat(all.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutRejectsThereIsNothingAndItIsSaid(boolean there) {
    UUID task = clean();
    Path out = home.resolve("none.csv");

    Cli.Outcome listed = run(there, "rejects", task.toString());
    Cli.Outcome document = run(there, "rejects", task.toString(), "--json");
    Cli.Outcome written = run(there, "rejects", task.toString(), "--out", out.toString());

    assertThat(listed.exit()).isZero();
    assertThat(listed.out()).isEmpty();
    assertThat(listed.err()).contains("task %s has no rejected records".formatted(task));
    assertThat(json(document).get("rejects")).isEmpty();
    assertThat(written.exit()).isZero();
    assertThat(written.err()).contains("has no rejected records; %s is not written".formatted(out));
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsNotThereEndsWithExitCodeThree(boolean there) {
    String nobody = "00000000-0000-0000-0000-00000000000a";
    UUID task = clean();
    String out = home.resolve("nothing.csv").toString();

    for (String[] words :
        List.of(
            new String[] {"rejects", nobody},
            new String[] {"rejects", nobody, "--out", out},
            new String[] {"rejects", task.toString(), "--step", "nope"},
            new String[] {"rejects", task.toString(), "--step", "nope", "--out", out})) {
      Cli.Outcome outcome = run(there, words);
      assertThat(outcome.exit()).as(String.join(" ", words)).isEqualTo(3);
      assertThat(outcome.err()).startsWith("bactrian: ");
    }
    assertThat(Path.of(out)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofSeveralStepsOneMustBeNamedForAFile(boolean there) throws IOException {
    UUID task = clean();
    rows.insert(task, "process_csv_batch_001", 1, "1\n");
    rows.insert(task, "process_csv_batch_002", 300, "300\n");
    rows.move(task, "process_csv_batch_002", "other");
    Path out = home.resolve("one-of-%s.csv".formatted(there));
    String[] words = {"rejects", task.toString(), "--out", out.toString()};

    Cli.Outcome refused = run(there, words);
    Cli.Outcome named =
        run(there, "rejects", task.toString(), "--step", "other", "--out", out.toString());

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("process_csv_batch, other");
    assertThat(named.exit()).as(named.err()).isZero();
    assertThat(Files.readString(out)).isEqualTo(HEADER + "\n300\n");
    assertThat(run(there, "rejects", task.toString()).out().lines()).hasSize(3);
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyByForce() throws IOException {
    UUID task = task(submitted(false, file));
    Path folder = Files.createDirectories(home.resolve("mine"));
    Path out = Files.writeString(folder.resolve("kept.csv"), "mine");

    Cli.Outcome refused = local.run("rejects", task.toString(), "--out", out.toString());

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("is there already", "--force");
    assertThat(out).hasContent("mine");
    Cli.Outcome forced =
        local.run("rejects", task.toString(), "--out", out.toString(), "--force", "--json");
    assertThat(json(forced).at("/rejected").asInt()).isEqualTo(3);
    assertThat(json(forced).at("/bytes").asLong()).isEqualTo(Files.size(out));
    assertThat(Files.readString(out)).startsWith(HEADER);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(out);
    }
  }

  @Test
  void wrongUseIsTold() {
    String task = UUID.randomUUID().toString();

    assertThat(local.run("rejects", task, "--force").err()).contains("--out FILE");
    assertThat(local.run("rejects", task, "--limit", "0").err()).contains("at least 1");
    assertThat(local.run("rejects", task, "--out", home.toString()).err())
        .contains("is a directory");
    assertThat(local.run("rejects", task, "--out", home.resolve("no/x.csv").toString()).err())
        .contains("there is no directory");
  }

  @Test
  void whoWatchesIsToldAsWell() {
    UUID task = task(submitted(false, file));

    assertThat(local.run("watch", task.toString()).out()).contains("\nrejected 3   (see them: ");
    assertThat(local.run("task", task.toString()).out()).contains("\nrejected 3   (see them: ");
    assertThat(local.run("resume", task.toString()).out()).contains("\nrejected 3   (see them: ");
    assertThat(local.run("watch", task.toString(), "--json").out()).doesNotContain("see them");
  }

  private static JsonNode json(Cli.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return Json.readTree(outcome.out());
  }
}
