package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Collectors;

/**
 * A home with the template {@code demo/flaky}, whose first step fails once, and a database of its
 * own.
 */
final class FlakyHome {
  static final Duration SOON = Duration.ofMinutes(2);

  private final Path folder;
  private final DatabaseAddress address = TestDatabase.create();

  FlakyHome(Path folder) throws IOException {
    this.folder = folder;
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

  String url() {
    return TestDatabase.url(address);
  }

  Cli cli() {
    return new Cli(folder.resolve("home"))
        .set("bactrian.database.url", url())
        .set("bactrian.routes.dir", folder.resolve("routes").toString())
        .set("bactrian.templates.dir", folder.resolve("templates").toString());
  }

  /** A file of one column {@code n}. */
  Path numbers(List<String> values) throws IOException {
    return Files.writeString(
        folder.resolve("numbers.csv"),
        values.stream().collect(Collectors.joining("\n", "n\n", "\n")));
  }

  /** Writes the template {@code demo/batches}: at most two workers, each with these keys. */
  void batches(String keys) throws IOException {
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
  long count(String sql) {
    try {
      return Long.parseLong(one(sql));
    } catch (IllegalStateException e) {
      return -1;
    }
  }

  /** The first value that a query answers. */
  String one(String sql) {
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

  /** Changes rows as only a hand in the database does. */
  void change(String sql) {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** What a command has printed, as JSON. */
  static JsonNode json(Cli.Outcome outcome) {
    assertThat(outcome.out()).as(outcome.err()).isNotBlank();
    return Json.readTree(outcome.out());
  }

  /** The task that a command has printed. */
  static String uuid(Cli.Outcome outcome) {
    return json(outcome).get("task_uuid").asText();
  }
}
