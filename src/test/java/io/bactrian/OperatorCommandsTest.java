package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does on the command line, from the failure to the end of the task. */
final class OperatorCommandsTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final DatabaseAddress address = TestDatabase.create();

  @BeforeEach
  void writeTheWorkflows() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        folder.resolve("routes/own.camel.yaml"),
        """
        - beans:
            - name: flaky
              type: io.bactrian.Flaky
            - name: sleeper
              type: io.bactrian.Sleeper
        """);
    template(
        "flaky",
        """
          - name: work
            retry: {max_attempts: 1}
            handler: {callable: flaky, initialization: {failures: 1}}
          - name: after
            dependencies: [work]
            handler: {callable: flaky, initialization: {failures: 0}}
        """);
  }

  @Test
  void aFailedStepIsRetriedAndTheTaskGoesOn() {
    Cli.Outcome failed = cli().run("run", "demo/flaky", "--json");
    String task = uuid(failed);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains(" retry " + task).contains(" resume " + task);

    JsonNode retried =
        json(cli().run("retry", task, "--by", "anna", "--reason", "new feed", "--json"));

    assertThat(retried.get("previous_status").asText()).isEqualTo("blocked_by_failures");
    assertThat(retried.get("status").asText()).isEqualTo("steps_in_process");
    assertThat(retried.at("/steps/0").asText()).isEqualTo("work");
    assertThat(retried.get("go_on_with").asText()).contains(" resume " + task);
    JsonNode resumed = json(cli().run("resume", task, "--json"));
    assertThat(resumed.get("status").asText()).isEqualTo("complete");
    assertThat(resumed.at("/steps/0/attempts").asInt()).isEqualTo(2);
    JsonNode shown = json(cli().run("task", task, "--json"));
    assertThat(shown.at("/failed_attempts/0/error").asText()).isEqualTo("not yet, attempt 1");
    assertThat(shown.get("transitions").findValuesAsText("actor")).contains("user:anna");
    assertThat(shown.get("transitions").findValuesAsText("reason")).contains("new feed");
    assertThat(shown.at("/dead_letters/0/resolution").asText()).isEqualTo("manually_resolved");
  }

  @Test
  void aTaskIsShownWithItsStepsAttemptsAndHistory() {
    String task = uuid(cli().run("run", "demo/flaky", "--json"));

    Cli.Outcome shown = cli().run("task", task);

    assertThat(shown.out())
        .contains("demo/flaky@1: blocked by failures")
        .containsPattern("work +standard +error +1 of 1")
        .containsPattern("after +standard +pending +0 of 3")
        .contains("work  attempt 1 failed: not yet, attempt 1")
        .contains("in_progress -> error")
        .contains("steps_in_process -> blocked_by_failures")
        .contains("max_retries_exceeded, pending");
  }

  @Test
  void aFailedStepIsResolvedWithoutAResult() {
    String task = uuid(cli().run("run", "demo/flaky", "--json"));

    assertThat(cli().run("resolve", task).exit()).as("of a step, or the whole task").isEqualTo(2);
    Cli.Outcome resolved = cli().run("resolve", task, "work");

    assertThat(resolved.out())
        .contains("resolve: task " + task + " is steps_in_process, was blocked_by_failures")
        .contains("steps: work")
        .contains("go on with: ");
    assertThat(json(cli().run("resume", task, "--json")).at("/result/seen").asInt())
        .as("work has no result")
        .isZero();
  }

  @Test
  void aFailedStepIsCompletedWithAResult() throws IOException {
    String task = uuid(cli().run("run", "demo/flaky", "--json"));
    Path result = Files.writeString(folder.resolve("result.json"), "{\"price\": 1.50}");

    assertThat(cli().run("complete", task, "work", "--result", "[1]").exit()).isEqualTo(2);
    Cli.Outcome completed =
        cli().run("complete", task, "work", "--result-file", result.toString(), "--json");

    assertThat(json(completed).at("/steps/0").asText()).isEqualTo("work");
    JsonNode document = json(cli().run("resume", task, "--json"));
    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(document.at("/steps/0/results/result").toString()).isEqualTo("{\"price\":1.50}");
    assertThat(document.at("/result/seen").asInt()).isEqualTo(1);
  }

  @Test
  void aWholeTaskIsResolved() {
    String task = uuid(cli().run("run", "demo/flaky", "--json"));

    assertThat(json(cli().run("resolve", task, "--whole-task", "--json")).get("status").asText())
        .isEqualTo("resolved_manually");
    assertThat(cli().run("watch", task).exit()).isZero();
  }

  @Test
  void aTaskIsCancelledOnce() {
    String task = cli().run("submit", "demo/flaky").out().strip();

    assertThat(json(cli().run("cancel", task, "--json")).get("status").asText())
        .isEqualTo("cancelled");
    Cli.Outcome again = cli().run("cancel", task);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err())
        .isEqualToIgnoringNewLines(
            "bactrian: cancel is not possible: task %s is cancelled; allowed: pending, steps_in_process, waiting_for_retry, paused, blocked_by_failures"
                .formatted(task));
  }

  @Test
  void whatDoesNotExistIsExitThree() {
    String nobody = UUID.randomUUID().toString();
    String task = cli().run("submit", "demo/flaky").out().strip();

    assertThat(cli().run("cancel", nobody).exit()).isEqualTo(3);
    assertThat(cli().run("retry", task, "wrok").exit()).isEqualTo(3);
    assertThat(cli().run("watch", nobody).exit()).isEqualTo(3);
    assertThat(cli().run("dlq", "show", nobody).exit()).isEqualTo(3);
    assertThat(cli().run("dlq", "put", nobody).exit()).isEqualTo(3);
    assertThat(cli().run("dlq", "update", nobody, "--priority", "1").exit()).isEqualTo(3);
  }

  @Test
  void aRerunIsANewTask() {
    String task = uuid(cli().run("run", "demo/flaky", "--json"));

    Cli.Outcome rerun = cli().run("rerun", task, "--json");

    String again = uuid(rerun);
    assertThat(again).isNotEqualTo(task);
    assertThat(json(cli().run("task", again, "--json")).get("rerun_of").asText()).isEqualTo(task);
    assertThat(json(cli().run("resume", again, "--json")).get("status").asText())
        .isEqualTo("blocked_by_failures");
  }

  @Test
  void aRunningRangeIsPausedAtItsNextCheckpointAndGoesOnExactly() throws IOException {
    batches("failure_strategy: continue_on_failure");
    Sleeper.momentMillis = 700;
    Path file = numbers(IntStream.rangeClosed(1, 60_000).mapToObj(String::valueOf).toList());
    var run =
        CompletableFuture.supplyAsync(
            () -> cli().run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json"));
    await().atMost(SOON).until(() -> count("select count(*) from checkpoints") > 0);
    String task = one("select cast(task_uuid as text) from tasks");

    assertThat(json(cli().run("pause", task, "--json")).get("status").asText()).isEqualTo("paused");

    Cli.Outcome paused = run.join();
    Sleeper.momentMillis = 1;
    assertThat(paused.exit()).isEqualTo(1);
    assertThat(json(paused).get("status").asText()).isEqualTo("paused");
    assertThat(count("select count(*) from workflow_steps where state = 'in_progress'")).isZero();
    assertThat(count("select sum(records_read) from checkpoints")).isBetween(1_000L, 59_000L);
    assertThat(json(cli().run("resume", "--json")).get("status").asText())
        .as("resume un-pauses none")
        .isEqualTo("paused");
    cli().run("unpause", task);
    JsonNode document = json(cli().run("resume", task, "--json"));
    assertThat(document.at("/result/rows").asInt()).isEqualTo(60_000);
    assertThat(document.at("/steps/1/attempts").asInt()).as("a pause is no attempt").isEqualTo(1);
  }

  @Test
  void failFastStopsTheWorkerThatRunsAndRetryBringsItBack() throws IOException {
    batches("failure_strategy: fail_fast, retry: {max_attempts: 1}");
    Path file = numbers(List.of("slow", "bad"));

    Cli.Outcome failed =
        cli()
            .set("bactrian.lease.ttl", "1500ms")
            .set("bactrian.node.slots", "2")
            .run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json");

    assertThat(states(json(failed))).isEqualTo("complete cancelled error pending");
    assertThat(json(failed).get("elapsed_ms").asInt()).isLessThan(120_000);
    assertThat(json(failed).at("/steps/1/attempts").asInt()).isZero();
    assertThat(
            one(
                "select inputs #>> '{batch_metadata,failure_strategy}' from workflow_steps where name = 'count_001'"))
        .isEqualTo("fail_fast");
    JsonNode retried = json(cli().run("retry", uuid(failed), "--json"));
    assertThat(retried.get("steps")).hasSize(2);
  }

  @Test
  void siblingsOfAFailedWorkerGoOnOtherwise() throws IOException {
    batches("retry: {max_attempts: 1}");
    Path file = numbers(List.of("bad", "1"));

    Cli.Outcome failed =
        cli().run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json");

    assertThat(states(json(failed))).isEqualTo("complete error complete pending");
  }

  @Test
  void aHandlerIsStoppedWhenTheTimeOfItsTaskIsOver() throws IOException {
    batches("retry: {max_attempts: 1}");
    Path file = numbers(List.of("slow", "1"));
    var run =
        CompletableFuture.supplyAsync(
            () ->
                cli()
                    .set("bactrian.lease.ttl", "1500ms")
                    .run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json"));
    await()
        .atMost(SOON)
        .until(
            () ->
                count(
                        "select count(*) from workflow_steps where state = 'in_progress' and type = 'batch_worker'")
                    == 1);
    long start = System.nanoTime();
    change("update tasks set deadline_at = now() - interval '1 second'");

    Cli.Outcome ended = run.join();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(55));
    assertThat(json(ended).get("status").asText()).isEqualTo("error");
    assertThat(ended.exit()).isEqualTo(1);
  }

  @Test
  void deadLettersAreListedShownChangedAndCounted() {
    assertThat(cli().run("dlq", "stats").out().strip()).isEqualTo("no dead letters");
    String task = uuid(cli().run("run", "demo/flaky", "--json"));
    JsonNode listed = Json.readTree(cli().run("dlq", "list", "--json").out());
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/task_uuid").asText()).isEqualTo(task);
    assertThat(listed.at("/0/reason").asText()).isEqualTo("max_retries_exceeded");
    String letter = listed.at("/0/dead_letter_uuid").asText();
    assertThat(cli().run("dlq", "list").out()).contains(letter).contains(task);

    JsonNode shown = json(cli().run("dlq", "show", letter, "--json"));
    assertThat(shown.at("/snapshot/steps/0/error/message").asText())
        .isEqualTo("not yet, attempt 1");
    assertThat(cli().run("dlq", "show", letter).out())
        .contains("step         work")
        .containsPattern("work +error +1 of 1  not yet, attempt 1");
    JsonNode updated =
        json(
            cli()
                .run(
                    "dlq",
                    "update",
                    letter,
                    "--priority",
                    "9",
                    "--note",
                    "asked the supplier",
                    "--resolution",
                    "permanently_failed",
                    "--by",
                    "anna",
                    "--json"));
    assertThat(updated.get("priority").asInt()).isEqualTo(9);
    assertThat(updated.get("resolved_by").asText()).isEqualTo("user:anna");
    assertThat(updated.get("notes").asText()).startsWith("user:anna: asked the supplier");
    assertThat(cli().run("dlq", "list", "--json").out().strip()).isEqualTo("[ ]");
    assertThat(json(cli().run("dlq", "put", task, "--json")).get("reason").asText())
        .isEqualTo("manual_dlq");
    JsonNode stats = json(cli().run("dlq", "stats", "--json"));
    assertThat(stats.at("/by_resolution/permanently_failed").asInt()).isEqualTo(1);
    assertThat(stats.at("/pending_by_reason/manual_dlq").asInt()).isEqualTo(1);
    assertThat(cli().run("dlq", "update", letter, "--resolution", "gone").exit()).isEqualTo(2);
  }

  @Test
  void watchPrintsHowATaskMovesUntilItIsAtRest() {
    String task = uuid(cli().run("run", "demo/flaky", "--json"));

    Cli.Outcome watched = cli().run("watch", task);

    assertThat(watched.exit()).isEqualTo(1);
    assertThat(watched.out()).contains("blocked_by_failures  0 of 0 records  0 steps running");
    assertThat(json(cli().run("watch", task, "--json")).get("task_uuid").asText()).isEqualTo(task);
  }

  @Test
  void aServingNodeReportsTasksThatNobodyServesAndThatStandStill() {
    String task = cli().run("submit", "demo/flaky").out().strip();
    var serving =
        new Wiring()
            .node(
                Map.of(
                    "bactrian.home", folder.resolve("other").toString(),
                    "bactrian.database.url", TestDatabase.url(address),
                    "bactrian.poll", "100ms",
                    "bactrian.stale.after", "2s",
                    "bactrian.worker.unavailable.after", "2s",
                    "bactrian.api.port", "0"),
                false);
    try (serving) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  count(
                          "select count(distinct reason) from dead_letters where resolution = 'pending'")
                      == 2);
    }
    assertThat(
            Json.readTree(cli().run("dlq", "list", "--task", task, "--json").out())
                .findValuesAsText("reason"))
        .containsExactlyInAnyOrder("staleness_timeout", "worker_unavailable");
  }

  @Test
  void aNodeMendsAGateThatWasDamaged() {
    String task = cli().run("submit", "demo/flaky").out().strip();
    change("update workflow_steps set inputs = '{\"failures\": 0}'");
    change("update step_gates set pending = pending + 1");

    assertThat(json(cli().run("resume", task, "--json")).get("status").asText())
        .isEqualTo("complete");
  }

  private static String states(JsonNode document) {
    return String.join(" ", document.get("steps").findValuesAsText("current_state"));
  }

  private Cli cli() {
    return new Cli(folder.resolve("home"))
        .set("bactrian.database.url", TestDatabase.url(address))
        .set("bactrian.routes.dir", folder.resolve("routes").toString())
        .set("bactrian.templates.dir", folder.resolve("templates").toString());
  }

  private static JsonNode json(Cli.Outcome outcome) {
    assertThat(outcome.out()).as(outcome.err()).isNotBlank();
    return Json.readTree(outcome.out());
  }

  private static String uuid(Cli.Outcome outcome) {
    return json(outcome).get("task_uuid").asText();
  }

  private Path numbers(List<String> values) throws IOException {
    return Files.writeString(
        folder.resolve("numbers.csv"),
        values.stream().collect(Collectors.joining("\n", "n\n", "\n")));
  }

  private void batches(String keys) throws IOException {
    template(
        "batches",
        """
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 1, max_workers: 2}}
          - {name: count, type: batch_worker, dependencies: [plan], handler: {callable: sleeper}, %s}
          - name: total
            type: deferred_convergence
            dependencies: [count]
            handler: {callable: "log:total", initialization: {fold: sums}}
        """
            .formatted(keys));
  }

  private void template(String name, String steps) throws IOException {
    Files.writeString(
        folder.resolve("templates/" + name + ".yaml"),
        "name: %s\nnamespace_name: demo\nversion: \"1\"\nsteps:\n%s".formatted(name, steps));
  }

  /** A number, -1 while there are no tables yet. */
  private long count(String sql) {
    try {
      return Long.parseLong(one(sql));
    } catch (IllegalStateException e) {
      return -1;
    }
  }

  private String one(String sql) {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private void change(String sql) {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
