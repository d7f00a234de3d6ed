package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own templates and routes, from folders, without a rebuild. */
final class OwnWorkflowTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.createDirectories(folder.resolve("templates"));
  }

  private Cli cli() {
    return new Cli(folder.resolve("home"))
        .set("bactrian.routes.dir", folder.resolve("routes").toString())
        .set("bactrian.templates.dir", folder.resolve("templates").toString());
  }

  @Test
  void aWorkflowIsOneTemplateAndYamlRoutesWithoutJava() throws IOException {
    route(
        """
        - route:
            id: countRows
            from:
              uri: direct:count-rows
              steps:
                - setBody:
                    expression:
                      simple:
                        expression: '{"rows": ${body.size}, "cities": {"${body[0][city]}": 1}}'
                - unmarshal:
                    json:
                      objectMapper: "#json"
        - route:
            id: lastWord
            from:
              uri: direct:last-word
              steps:
                - setBody:
                    expression:
                      simple:
                        expression: '{"rows": ${exchangeProperty.step.dependencyResults.get(total).get.result[rows]}}'
                - unmarshal:
                    json:
                      objectMapper: "#json"
        """);
    template(
        """
        name: cities
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 2, max_workers: 3}}
          - name: count
            type: batch_worker
            dependencies: [plan]
            handler: {callable: countRows}
          - name: total
            type: deferred_convergence
            dependencies: [count]
            handler: {callable: "log:totals", initialization: {fold: sums}}
          - name: tell
            dependencies: [total]
            handler: {callable: direct:last-word}
        """);
    Path file = folder.resolve("cities.csv");
    Files.writeString(file, "city,n\nOslo,1\nRoma,2\nOslo,3\nWien,4\nRoma,5\nRoma,6\nOslo,7\n");

    Cli.Outcome outcome =
        cli().run("run", "demo/cities", "--set", "csv_file_path=" + file, "--json");

    assertThat(outcome.err()).isEmpty();
    JsonNode document = Json.MAPPER.valueToTree(outcome.json());
    assertThat(document.at("/result/rows").asInt()).isEqualTo(7);
    assertThat(document.get("steps")).hasSize(6);
    assertThat(document.at("/steps/4/name").asText()).isEqualTo("total");
    assertThat(document.at("/steps/4/results/result/cities").toString())
        .isEqualTo("{\"Oslo\":1,\"Wien\":1,\"Roma\":1}");
  }

  @Test
  void aFailedStepIsTriedAgainAsOftenAsItsTemplateSays() throws IOException {
    flaky("failures: 2", "lifecycle: {max_retries: 2}, retry: {backoff_base_ms: 10}");

    JsonNode document = Json.MAPPER.valueToTree(cli().run("run", "demo/flaky", "--json").json());

    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(document.at("/steps/0/attempts").asInt()).isEqualTo(3);
    assertThat(document.at("/result/attempt").asInt()).isEqualTo(3);
  }

  @Test
  void aStepThatFailsTooOftenBlocksItsTask() throws IOException {
    flaky("failures: 2", "lifecycle: {max_retries: 1}, retry: {backoff_base_ms: 10}");

    Cli.Outcome outcome = cli().run("run", "demo/flaky", "--json");

    assertThat(outcome.exit()).isEqualTo(1);
    JsonNode document = Json.MAPPER.valueToTree(outcome.json());
    assertThat(document.get("status").asText()).isEqualTo("blocked_by_failures");
    assertThat(document.at("/steps/0/attempts").asInt()).isEqualTo(2);
    assertThat(document.at("/steps/0/results/error/message").asText())
        .isEqualTo("not yet, attempt 2");
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() throws IOException {
    flaky("failures: 0, permanent: true", "lifecycle: {max_retries: 5}");

    JsonNode document = Json.MAPPER.valueToTree(cli().run("run", "demo/flaky", "--json").json());

    assertThat(document.at("/steps/0/attempts").asInt()).isEqualTo(1);
    assertThat(document.at("/steps/0/results/error/retryable").asBoolean()).isFalse();
  }

  @Test
  void aFailureWhoseMessageHoldsNulIsWrittenToo() throws IOException {
    flaky("failures: 0, permanent: true, message: \"bad\\0byte\"", "lifecycle: {max_retries: 0}");

    Cli.Outcome outcome = cli().run("run", "demo/flaky");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err() + outcome.out()).contains("bad\u2400byte");
  }

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndFails() throws IOException {
    route(
        """
        - route:
            id: sleeper
            from:
              uri: direct:sleeper
              steps:
                - delay:
                    expression:
                      constant: 60000
        """);
    template(
        """
        name: slow
        namespace_name: demo
        version: "1"
        steps:
          - name: sleep
            timeout_seconds: 1
            retry: {max_attempts: 1}
            handler: {callable: sleeper}
        """);

    Cli.Outcome outcome = cli().set("bactrian.lease.ttl", "1s").run("run", "demo/slow", "--json");

    JsonNode document = Json.MAPPER.valueToTree(outcome.json());
    assertThat(document.at("/steps/0/results/error/type").asText()).isEqualTo("Timeout");
    assertThat(document.get("elapsed_ms").asInt()).isLessThan(30_000);
  }

  @Test
  void aBadOutcomeFailsItsStepAndCreatesNothing() throws IOException {
    route(
        """
        - route:
            id: badPlan
            from:
              uri: direct:bad-plan
              steps:
                - setBody:
                    expression:
                      constant: '{"batch_processing_outcome": {"type": "create_batches", "worker_template_name": "wrk", "worker_count": 1, "cursor_configs": [{"batch_id": "1", "start_cursor": 0, "end_cursor": 1, "batch_size": 1}], "total_items": 1}}'
                - unmarshal:
                    json:
                      objectMapper: "#json"
        """);
    template(
        """
        name: bad
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: badPlan}
          - name: work
            type: batch_worker
            dependencies: [plan]
            handler: {callable: "log:work"}
        """);

    JsonNode document = Json.MAPPER.valueToTree(cli().run("run", "demo/bad", "--json").json());

    assertThat(document.get("status").asText()).isEqualTo("blocked_by_failures");
    assertThat(document.get("steps")).hasSize(1);
    assertThat(document.at("/steps/0/results/error/message").asText())
        .contains("worker_template_name is 'wrk'; did you mean 'work'?");
  }

  @Test
  void effectsOfAFailedChunkAreGoneAndThoseOfTheChunksBeforeStay() throws Exception {
    route(
        """
        - beans:
            - name: ledger
              type: io.bactrian.Ledger
              properties:
                dataSource: "#bean:dataSource"
        """);
    template(
        """
        name: effects
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 100000, max_workers: 1}}
          - name: write
            type: batch_worker
            dependencies: [plan]
            retry: {backoff_base_ms: 10}
            checkpoint: {interval: 1000}
            handler: {callable: ledger}
          - name: total
            type: deferred_convergence
            dependencies: [write]
            handler: {callable: "log:totals", initialization: {fold: sums}}
        """);
    Path file = folder.resolve("numbers.csv");
    Files.writeString(
        file,
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("\n", "n\n", "\n")));
    DatabaseAddress address = TestDatabase.create();
    try (Database database = Database.open(() -> address, 2);
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table effects (n bigint not null, attempt int not null)");

      Cli.Outcome outcome =
          cli()
              .set("bactrian.database.url", TestDatabase.url(address))
              .run("run", "demo/effects", "--set", "csv_file_path=" + file, "--json");

      assertThat(Json.MAPPER.valueToTree(outcome.json()).at("/result/rows").asInt())
          .isEqualTo(10_000);
      assertThat(Json.MAPPER.valueToTree(outcome.json()).at("/steps/1/attempts").asInt())
          .isEqualTo(2);
      try (ResultSet row =
          statement.executeQuery(
              "select count(*), count(distinct n), count(*) filter (where attempt = 1), max(n) filter (where attempt = 1) from effects")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(10_000);
        assertThat(row.getInt(2)).isEqualTo(10_000);
        assertThat(row.getInt(3)).as("chunks 1 and 2").isEqualTo(2_000);
        assertThat(row.getInt(4)).isEqualTo(2_000);
      }
    }
  }

  @Test
  void aTaskWhoseHandlersAreGoneIsLeftAloneByResume() throws IOException {
    flaky("failures: 0", "lifecycle: {max_retries: 0}");
    Cli cli = cli();
    String task = cli.run("submit", "demo/flaky").out().strip();
    cli.set("bactrian.templates.dir", "").set("bactrian.routes.dir", "");

    Cli.Outcome outcome = cli.run("resume");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("task " + task + " is left alone: its template demo/flaky@1 is not known here");
  }

  private void flaky(String initialization, String keys) throws IOException {
    route(
        """
        - beans:
            - name: flaky
              type: io.bactrian.Flaky
        """);
    template(
        """
        name: flaky
        namespace_name: demo
        version: "1"
        steps:
          - {name: work, handler: {callable: flaky, initialization: {%s}}, %s}
        """
            .formatted(initialization, keys));
  }

  private void route(String yaml) throws IOException {
    Files.writeString(folder.resolve("routes/own.camel.yaml"), yaml);
  }

  private void template(String yaml) throws IOException {
    Files.writeString(folder.resolve("templates/own.yaml"), yaml);
  }
}
