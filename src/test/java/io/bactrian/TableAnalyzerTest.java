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
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers over key ranges of a table: one template and one route in YAML, no Java. */
final class TableAnalyzerTest {
  private static final int ROWS = 1000;

  @TempDir private Path folder;
  private final DatabaseAddress address = TestDatabase.create();

  /** No two rows are alike; keys have gaps, and some stand in many rows. */
  @BeforeEach
  void makeTableAndRoute() throws Exception {
    try (Database database = Database.open(() -> address, 2)) {
      database.awaitReady();
    }
    sql(
        """
        create table orders as
          select n * n as id, n / 40 as customer, 'order-' || lpad((n * 7919 %% 1000)::text, 4, '0') as code,
                 timestamptz '2026-01-01 00:00:00.000001Z' + n * interval '37 minutes' as at,
                 date '2026-01-01' + n / 100 as day,
                 (n * 1.07)::numeric(12, 2) as amount, n %% 3 = 0 as open
          from generate_series(1, %d) as n
        """
            .formatted(ROWS));
    Files.createDirectories(folder.resolve("routes"));
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        folder.resolve("routes/sum-amounts.camel.yaml"),
        """
        - route:
            id: sumAmounts
            from:
              uri: direct:sum-amounts
              steps:
                - split:
                    aggregationStrategy: "#bean:sums"
                    expression:
                      simple:
                        expression: "${body}"
                    steps:
                      - setBody:
                          expression:
                            simple:
                              expression: '{"rows": 1, "amount": ${body[amount]}}'
                      - unmarshal:
                          json:
                            objectMapper: "#json"
        """);
  }

  @ParameterizedTest
  @CsvSource({"id,bigint", "code,text", "at,timestamp with time zone", "day,date", "customer,int"})
  void everyRowIsReadOnceByAKeyOfAnyType(String key, String type) throws Exception {
    JsonNode document =
        run(
            "select * from orders",
            key,
            "batch_size: 100, max_workers: 4",
            "checkpoint: {interval: 30},");

    assertThat(document.at("/result/rows").asLong()).as(type).isEqualTo(ROWS);
    assertThat(document.at("/result/amount").decimalValue())
        .isEqualByComparingTo(query("select sum(amount) from orders"));
    assertThat(document.at("/steps/0/results/result/total_rows").asLong()).isEqualTo(ROWS);
    assertThat(query("select count(*) from workflow_steps where type = 'batch_worker'"))
        .isEqualTo("4");
    assertThat(query("select sum(records_read) from checkpoints")).isEqualTo("1000");
    assertThat(query("select count(*) from checkpoints where cursor is not null")).isEqualTo("0");
  }

  @Test
  void integerCursorsTileTheKeysAndHaveAboutAsManyRows() throws Exception {
    run("select * from orders", "id", "batch_size: 100, max_workers: 4", "");

    assertThat(
            query(
                """
                select string_agg(c ->> 'start_cursor' || '-' || (c ->> 'end_cursor'), ' ' order by batch_index)
                from (select inputs -> 'cursor' as c, batch_index from workflow_steps where type = 'batch_worker') w
                """))
        .isEqualTo("1-63001 63001-251001 251001-564001 564001-1000001");
  }

  @Test
  void aChunkThatFailsIsDoneAgainFromItsKeyAndTheOthersAreNot() throws Exception {
    Files.writeString(
        folder.resolve("routes/flaky.camel.yaml"),
        """
        - beans:
            - name: ledger
              type: io.bactrian.KeyedLedger
              properties:
                dataSource: "#bean:dataSource"
        """);
    sql("create table effects (id bigint not null, attempt int not null)");

    JsonNode document =
        run(
            "select id, amount from orders",
            "id",
            "max_workers: 1",
            "retry: {backoff_base_ms: 10}, checkpoint: {interval: 100},",
            "ledger");

    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(query("select count(*) || ' ' || count(distinct id) from effects"))
        .isEqualTo("1000 1000");
    assertThat(query("select count(*) from effects where attempt = 1")).isEqualTo("200");
    assertThat(query("select attempts from workflow_steps where type = 'batch_worker'"))
        .isEqualTo("2");
  }

  @Test
  void parametersOfTheQueryComeFromTheContext() throws Exception {
    JsonNode document =
        run(
            "select * from orders where open = :open and customer < :most",
            "id",
            "max_workers: 2",
            "",
            "sumAmounts",
            "--set",
            "open=true",
            "--set",
            "most=10");

    assertThat(document.at("/result/rows").asText())
        .isEqualTo(query("select count(*) from orders where open and customer < 10"));
  }

  @Test
  void noRowIsNoBatch() throws Exception {
    JsonNode document = run("select * from orders where id < 0", "id", "max_workers: 2", "");

    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(document.at("/steps/0/results/result/reason").asText())
        .isEqualTo("dataset_too_small");
    assertThat(document.get("steps")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from order | id | the query cannot be read: ERROR: syntax error",
        "select * from orders where open = :opened | id | No value supplied for the SQL parameter 'opened'",
        "select nullif(id, 4) as id from orders | id | 1 rows of the query have no id",
        "select * from orders | amount | key amount is of type numeric; allowed: smallint, integer",
        "select * from orders | id\"; -- | allowed: the name of a column of the query"
      })
  void whatCannotBeDividedIsAPermanentFailure(String query, String key, String message)
      throws Exception {
    JsonNode error =
        run(query, key.replace("\"", "\\\""), "max_workers: 2", "").at("/steps/0/results/error");

    assertThat(error.get("message").asText()).contains(message);
    assertThat(error.get("retryable").asBoolean()).isFalse();
  }

  private JsonNode run(String query, String key, String initialization, String keys)
      throws IOException {
    return run(query, key, initialization, keys, "sumAmounts");
  }

  private JsonNode run(
      String query,
      String key,
      String initialization,
      String keys,
      String worker,
      String... arguments)
      throws IOException {
    Files.writeString(
        folder.resolve("templates/table.yaml"),
        """
        name: table
        namespace_name: demo
        version: "1"
        steps:
          - name: divide
            type: batchable
            handler: {callable: tableAnalyzer, initialization: {query: "%s", key: "%s", %s}}
          - {name: work, type: batch_worker, dependencies: [divide], %s handler: {callable: %s}}
          - name: total
            type: deferred_convergence
            dependencies: [work]
            handler: {callable: "log:total", initialization: {fold: sums}}
        """
            .formatted(query, key, initialization, keys, worker));
    var all = new java.util.ArrayList<>(java.util.List.of("run", "demo/table", "--json"));
    all.addAll(java.util.List.of(arguments));
    Cli.Outcome outcome =
        new Cli(folder.resolve("home"))
            .set("bactrian.database.url", TestDatabase.url(address))
            .set("bactrian.routes.dir", folder.resolve("routes").toString())
            .set("bactrian.templates.dir", folder.resolve("templates").toString())
            .run(all.toArray(String[]::new));
    assertThat(outcome.out()).as(outcome.err()).isNotBlank();
    return Json.MAPPER.valueToTree(outcome.json());
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private String query(String text) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(text)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connection() throws SQLException {
    return java.sql.DriverManager.getConnection(
        address.jdbcUrl(), address.user(), address.password());
  }
}
