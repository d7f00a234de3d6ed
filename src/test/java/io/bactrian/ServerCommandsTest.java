package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command beside the database and over a server: the same document, the same exit code. */
final class ServerCommandsTest {
  private static final String FAILS =
      """
      name: fails
      namespace_name: demo
      version: "1"
      steps:
        - name: work
          retry: {max_attempts: 1}
          handler: {callable: flaky, initialization: {failures: 99, permanent: true}}
        - name: after
          dependencies: [work]
          handler: {callable: flaky, initialization: {failures: 0}}
      """;
  private static final String ROUTE =
      """
      - beans:
          - name: flaky
            type: io.bactrian.Flaky
      """;

  @TempDir private static Path home;
  private static ApiNode node;
  private static Cli local;
  private static String server;
  private static Path all;

  @BeforeAll
  static void start() throws IOException {
    Path routes = Files.createDirectories(home.resolve("routes"));
    Path templates = Files.createDirectories(home.resolve("templates"));
    Files.writeString(routes.resolve("own.camel.yaml"), ROUTE);
    Files.writeString(templates.resolve("own.yaml"), FAILS);
    node =
        new ApiNode(
            home,
            Map.of(
                "bactrian.api.keys", "always",
                "bactrian.routes.dir", routes.toString(),
                "bactrian.templates.dir", templates.toString()));
    Map<String, String> settings = new HashMap<>(node.settings());
    settings.remove("bactrian.api.port");
    local = new Cli(settings);
    server = node.client().address().toString();
    all = key("all", "*");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Path key(String name, String permissions) throws IOException {
    Cli.Outcome made = local.run("auth", "create-key", name, "--permissions", permissions);
    return Files.writeString(home.resolve(name + ".key"), made.out());
  }

  private static Cli.Outcome remote(String... arguments) {
    return remote(all, arguments);
  }

  private static Cli.Outcome remote(Path key, String... arguments) {
    var words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--server", server, "--key-file", key.toString()));
    return local.runAlone(words.toArray(String[]::new));
  }

  private static JsonNode json(Cli.Outcome outcome) {
    return Json.readTree(outcome.out());
  }

  private static String failed() {
    String task = json(remote("submit", "demo/fails", "--json")).get("task_uuid").asText();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                json(local.run("task", task, "--json"))
                    .get("status")
                    .asText()
                    .equals("blocked_by_failures"));
    return task;
  }

  /** Without what no two tasks have in common. */
  private static String comparable(JsonNode document) {
    return document
        .toPrettyString()
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "·")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+]00:00)", "·")
        .replaceAll("\"elapsed_ms\" : \\d+", "·");
  }

  @Test
  void runOverAServerPrintsWhatRunPrintsHere() {
    String[] run = {"run", "fixtures/products.csv", "--json"};

    Cli.Outcome here = local.run(run);
    Cli.Outcome there = remote(run);

    assertThat(there.exit()).as(there.err()).isZero();
    assertThat(here.exit()).isZero();
    assertThat(comparable(json(there))).isEqualTo(comparable(json(here)));
    assertThat(json(there).at("/result/total_inventory_value").decimalValue())
        .isEqualTo("161613510.32");
  }

  @Test
  void aRunThatFailsEndsTheSameWay() {
    Cli.Outcome here = local.run("run", "demo/fails", "--json");
    Cli.Outcome there = remote("run", "demo/fails", "--json");

    assertThat(there.exit()).isEqualTo(1).isEqualTo(here.exit());
    assertThat(comparable(json(there))).isEqualTo(comparable(json(here)));
    assertThat(there.err())
        .contains("step work failed (attempt 1)")
        .containsPattern("go on with: .* retry [0-9a-f-]{36} --server=" + server);
  }

  static Stream<List<String>> looks() {
    return Stream.of(
        List.of("tasks"),
        List.of("tasks", "--limit", "2"),
        List.of("task", "TASK"),
        List.of("steps", "TASK"),
        List.of("watch", "TASK"),
        List.of("rejects", "TASK"),
        List.of("graph", "TASK"),
        List.of("graph", "demo/fails"),
        List.of("graph", "demo/fails@1"),
        List.of("dlq", "list"),
        List.of("dlq", "list", "--all", "--task", "TASK"),
        List.of("dlq", "stats"),
        List.of("dlq", "show", "LETTER"));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void whoLooksSeesTheSame(List<String> command) {
    String task = failed();
    String letter =
        json(local.run("dlq", "list", "--task", task, "--json")).at("/0/dead_letter_uuid").asText();
    String[] words =
        Stream.concat(command.stream(), Stream.of("--json"))
            .map(word -> word.replace("TASK", task).replace("LETTER", letter))
            .toArray(String[]::new);

    Cli.Outcome here = local.run(words);
    Cli.Outcome there = remote(words);

    assertThat(there.err()).isEqualTo(here.err());
    assertThat(there.exit()).isEqualTo(here.exit());
    assertThat(withoutAge(json(there))).isEqualTo(withoutAge(json(here)));
  }

  /** How long ago a task that still lives was submitted. */
  private static JsonNode withoutAge(JsonNode document) {
    if (document instanceof ObjectNode object) {
      object.remove("elapsed_ms");
    }
    return document;
  }

  static Stream<List<String>> verbs() {
    return Stream.of(
        List.of("retry", "TASK"),
        List.of("retry", "TASK", "work"),
        List.of("resolve", "TASK", "work"),
        List.of("resolve", "TASK", "--whole-task"),
        List.of("complete", "TASK", "work", "--result", "{\"price\": 1.50}"),
        List.of("cancel", "TASK"),
        List.of("pause", "TASK"),
        List.of("rerun", "TASK"),
        List.of("dlq", "put", "TASK"));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void aVerbDoesTheSameAndSaysSo(List<String> command) {
    String[] here = words(command, failed());
    String[] there = words(command, failed());

    Cli.Outcome local1 = local.run(here);
    Cli.Outcome remote1 = remote(there);

    assertThat(remote1.exit()).as(remote1.err()).isZero().isEqualTo(local1.exit());
    assertThat(comparable(json(remote1)).replace("all for user", "user"))
        .isEqualTo(comparable(json(local1)));
  }

  private static String[] words(List<String> command, String task) {
    return Stream.concat(
            command.stream(), Stream.of("--by", "anna", "--reason", "mended", "--json"))
        .map(word -> word.replace("TASK", task))
        .toArray(String[]::new);
  }

  @Test
  void unpauseAndAnUpdateOfADeadLetterDoTheSame() {
    for (boolean there : new boolean[] {false, true}) {
      String task = failed();
      local.run("pause", task);
      Cli.Outcome unpaused =
          there ? remote("unpause", task, "--json") : local.run("unpause", task, "--json");
      assertThat(json(unpaused).get("status").asText()).isEqualTo("blocked_by_failures");
      String letter =
          json(local.run("dlq", "list", "--task", task, "--json"))
              .at("/0/dead_letter_uuid")
              .asText();
      String[] update = {
        "dlq",
        "update",
        letter,
        "--priority",
        "7",
        "--note",
        "asked",
        "--resolution",
        "permanently_failed",
        "--json"
      };
      Cli.Outcome updated = there ? remote(update) : local.run(update);
      assertThat(json(updated).get("priority").asInt()).isEqualTo(7);
      assertThat(json(updated).get("resolution").asText()).isEqualTo("permanently_failed");
      assertThat(json(updated).get("notes").asText()).contains("asked");
    }
  }

  @Test
  void templatesAreThoseOfTheServer() {
    JsonNode here = json(local.run("templates", "list", "--json"));
    JsonNode there = json(remote("templates", "list", "--json"));

    assertThat(there).isNotEmpty();
    for (JsonNode list : List.of(here, there)) {
      list.forEach(each -> ((ObjectNode) each).remove("source"));
    }
    assertThat(there).containsExactlyInAnyOrderElementsOf(here);
    assertThat(remote("templates", "list").out()).contains("demo/fails@1");
  }

  static Stream<List<String>> wrong() {
    String nobody = "00000000-0000-0000-0000-00000000000a";
    return Stream.of(
        List.of("task", nobody),
        List.of("steps", nobody),
        List.of("watch", nobody),
        List.of("rejects", nobody),
        List.of("rejects", "TASK", "--step", "nope"),
        List.of("graph", nobody),
        List.of("retry", nobody),
        List.of("retry", "TASK", "nostep"),
        List.of("pause", nobody),
        List.of("unpause", "TASK"),
        List.of("dlq", "show", nobody),
        List.of("dlq", "put", nobody),
        List.of("dlq", "update", nobody, "--priority", "1"),
        List.of("submit", "demo/none"),
        List.of("run", "demo/none"),
        List.of("submit", "csv_processing/csv_product_inventory_analyzer"),
        List.of("resolve", "TASK"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongEndsWithTheSameCodeAndTheSameKindOfError(List<String> command) {
    String task = command.contains("TASK") ? failed() : "";
    String[] words =
        Stream.concat(command.stream(), Stream.of("--json"))
            .map(word -> word.replace("TASK", task))
            .toArray(String[]::new);

    Cli.Outcome here = local.run(words);
    Cli.Outcome there = remote(words);

    assertThat(here.exit()).isNotZero();
    assertThat(there.exit()).as(there.err()).isEqualTo(here.exit());
    assertThat(json(here).at("/error/code").asText()).isNotEmpty();
    assertThat(json(there).at("/error/code")).isEqualTo(json(here).at("/error/code"));
    assertThat(there.err()).startsWith("bactrian: ");
  }

  @Test
  void withoutAKeyWithAWrongOneAndWithoutThePermissionNothingIsDone() throws IOException {
    Cli.Outcome nobody = local.runAlone("tasks", "--server", server, "--json");
    Path wrong = Files.writeString(home.resolve("wrong.key"), "bk_wrong\n");
    Path reads = key("reads", "tasks:read");

    assertThat(nobody.exit()).isEqualTo(1);
    assertThat(json(nobody).at("/error/code").asText()).isEqualTo("not_authenticated");
    assertThat(nobody.err()).contains("BACTRIAN_API_KEY", "--key-file");
    assertThat(remote(wrong, "tasks").exit()).isEqualTo(1);
    assertThat(remote(wrong, "tasks").err()).doesNotContain("bk_wrong");
    String task = failed();
    Cli.Outcome refused = remote(reads, "cancel", task, "--json");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(json(refused).at("/error/code").asText()).isEqualTo("not_permitted");
    assertThat(refused.err()).contains("tasks:cancel");
    assertThat(remote(reads, "watch", task, "--json").exit())
        .as("it looks at intervals, since it may hear no events")
        .isEqualTo(1);
    assertThat(remote(reads, "tasks").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "serve", "db status", "auth list", "plan x.csv", "csv x.csv"})
  void whatWorksOnThisMachineOnlySaysSo(String command) {
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.add("--server=" + server);

    Cli.Outcome outcome = local.runAlone(words.toArray(String[]::new));

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("works on this machine and takes no --server");
  }

  @Test
  void theKeyIsNoArgument() {
    Cli.Outcome outcome = local.runAlone("tasks", "--server", server, "--key", "bk_x");

    assertThat(outcome.exit()).isEqualTo(2);
  }
}
