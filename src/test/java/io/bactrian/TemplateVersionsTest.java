package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Engine;
import io.bactrian.json.Json;
import io.bactrian.store.TestDatabase;
import io.bactrian.task.TaskState;
import io.bactrian.template.TaskTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks and submissions when a template file changes. */
final class TemplateVersionsTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(folder.resolve("templates"));
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("routes/say.camel.yaml"),
        """
        - route:
            id: say
            from:
              uri: direct:say
              steps:
                - setBody:
                    expression:
                      simple:
                        expression: '{"${exchangeProperty.step.inputs[say]}": ${body.size}}'
                - unmarshal:
                    json:
                      objectMapper: "#json"
        """);
    Files.writeString(folder.resolve("rows.csv"), "n\n1\n2\n3\n");
  }

  @Test
  void aTaskKeepsTheContentItWasMadeFromOverARestartWithAChangedFile() throws IOException {
    Cli cli = cli().set("bactrian.mode", "development");
    template("1", "old");
    String task = cli.run("submit", "demo/say", "--set", file()).out().strip();
    template("1", "new");

    JsonNode resumed = json(cli.run("resume", task, "--json"));
    Cli.Outcome anew = cli.run("run", "demo/say", "--set", file(), "--json");

    assertThat(resumed.get("result").toString()).isEqualTo("{\"old\":3}");
    assertThat(anew.json().get("result")).isEqualTo(Map.of("new", 3));
  }

  @Test
  void inDevelopmentWhoRunsAChangedContentOfAVersionIsToldOnStderr() throws IOException {
    Cli cli = cli().set("bactrian.mode", "development");
    template("1", "old");
    assertThat(cli.run("submit", "demo/say", "--set", file()).err()).isEmpty();
    template("1", "new");

    for (String command : new String[] {"submit", "run"}) {
      Cli.Outcome outcome = cli.run(command, "demo/say", "--set", file(), "--json");

      assertThat(outcome.exit()).isZero();
      assertThat(outcome.json()).as("stdout is one document").containsKey("task_uuid");
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .startsWith("template demo/say@1 has another content than this version had;")
          .endsWith("earlier ones keep theirs");
    }
  }

  @Test
  void inProductionAChangedFileOfTheSameVersionIsRefusedAndANewVersionIsNot() throws IOException {
    Cli cli = cli().set("bactrian.mode", "production");
    template("1", "old");
    String task = cli.run("submit", "demo/say", "--set", file()).out().strip();
    template("1", "new");

    Cli.Outcome refused = cli.run("submit", "demo/say", "--set", file());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("template demo/say@1 has another content");

    template("2", "new");
    assertThat(json(cli.run("resume", task, "--json")).get("result").toString())
        .as("the file has version 2 only")
        .isEqualTo("{\"old\":3}");
  }

  @Test
  void inDevelopmentANewOrChangedFileCanBeRunWithoutARestart() throws Exception {
    Map<String, String> settings =
        Map.of(
            "bactrian.home", folder.resolve("home").toString(),
            "bactrian.database.url", TestDatabase.url(TestDatabase.create()),
            "bactrian.mode", "development",
            "bactrian.poll", "100ms",
            "bactrian.api.port", "0",
            "bactrian.routes.dir", folder.resolve("routes").toString(),
            "bactrian.templates.dir", folder.resolve("templates").toString());
    try (Engine engine = new Wiring().node(settings, false)) {
      assertThat(engine.template("demo/say")).isEmpty();
      Files.writeString(folder.resolve("templates/broken.yaml"), "name: [");
      template("1", "first");
      await().atMost(LONG).until(() -> engine.template("demo/say").isPresent());
      assertThat(result(engine)).isEqualTo("{\"first\":3}");

      String before = engine.template("demo/say").orElseThrow().path();
      template("1", "second one");
      await()
          .atMost(LONG)
          .until(() -> !engine.template("demo/say").orElseThrow().path().equals(before));
      assertThat(result(engine)).isEqualTo("{\"second one\":3}");
    }
  }

  private String result(Engine engine) {
    TaskTemplate template = engine.template("demo/say").orElseThrow();
    UUID task =
        engine.submit(
            template, Map.of("csv_file_path", folder.resolve("rows.csv").toString()), false);
    await()
        .atMost(LONG)
        .until(() -> engine.tasks().find(task).orElseThrow().state() == TaskState.COMPLETE);
    return engine.tasks().steps(task).stream()
        .filter(step -> step.name().equals("total"))
        .findFirst()
        .flatMap(step -> step.results())
        .map(results -> Json.write(results.getOrDefault("result", "")))
        .orElse("");
  }

  private Cli cli() {
    return new Cli(folder.resolve("home"))
        .set("bactrian.routes.dir", folder.resolve("routes").toString())
        .set("bactrian.templates.dir", folder.resolve("templates").toString());
  }

  private String file() {
    return "csv_file_path=" + folder.resolve("rows.csv");
  }

  private static JsonNode json(Cli.Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    return Json.MAPPER.valueToTree(outcome.json());
  }

  private void template(String version, String say) throws IOException {
    Files.writeString(
        folder.resolve("templates/say.yaml"),
        """
        name: say
        namespace_name: demo
        version: "%s"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 2, max_workers: 2}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            handler: {callable: say, initialization: {say: "%s"}}
          - name: total
            type: deferred_convergence
            dependencies: [work]
            handler: {callable: "log:total", initialization: {fold: sums}}
        """
            .formatted(version, say));
  }
}
