package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.json.Json;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed or told to stop in the middle; another goes on; the answer is exact.
 */
final class CrashTest {
  private static final int COPIES = 300;

  @TempDir private Path folder;
  private final DatabaseAddress address = TestDatabase.create();
  private Path file = Path.of("big.csv");

  @BeforeEach
  void writeABigFile() throws IOException {
    file = folder.resolve("big.csv");
    String text = Files.readString(Path.of("fixtures/products.csv"));
    int header = text.indexOf('\n') + 1;
    Files.writeString(file, text.substring(0, header) + text.substring(header).repeat(COPIES));
  }

  @Test
  void aKilledRunIsResumedExactly() throws Exception {
    Process run = start("run", file.toString());
    awaitRecords(20_000);
    run.destroyForcibly().waitFor();

    checkAnswer(finish(start("resume", "--json")));
  }

  @Test
  void aRunToldToStopDrainsAndSaysHowToGoOn() throws Exception {
    Process run = start("run", file.toString());
    awaitRecords(20_000);
    run.destroy();
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(run.exitValue()).isEqualTo(130);
    String command =
        Files.readString(folder.resolve("run.err")).strip().replaceFirst(".*Go on with: ", "");
    assertThat(command).startsWith("./bactrian resume ");
    assertThat(count("select count(*) from workflow_steps where state = 'in_progress'")).isZero();
    checkAnswer(finish(java(words(command))));
  }

  @Test
  void aSecondSignalStopsAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("templates"));
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("templates/slow.yaml"),
        """
        name: slow
        namespace_name: demo
        version: "1"
        steps:
          - {name: only, handler: {callable: direct:sleep}}
        """);
    Files.writeString(
        folder.resolve("routes/sleep.camel.yaml"),
        """
        - route:
            id: sleep
            from:
              uri: direct:sleep
              steps:
                - delay: {expression: {constant: {expression: "600000"}}}
        """);
    Process run =
        start(
            "run",
            "demo/slow",
            "-Dbactrian.templates.dir=" + folder.resolve("templates"),
            "-Dbactrian.routes.dir=" + folder.resolve("routes"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> count("select count(*) from workflow_steps where state = 'in_progress'") == 1);
    run.destroy();
    assertThat(run.waitFor(3, TimeUnit.SECONDS)).as("the first drains").isFalse();
    run.destroy();

    assertThat(run.waitFor(30, TimeUnit.SECONDS)).as("the second does not wait").isTrue();
    assertThat(run.exitValue()).isEqualTo(130);
    assertThat(count("select count(*) from workflow_steps where state = 'in_progress'"))
        .as("left to its lease")
        .isEqualTo(1);
  }

  @Test
  void aServingNodeTakesOverTheTaskOfAKilledRun() throws Exception {
    Process run = start("run", file.toString());
    awaitRecords(20_000);
    run.destroyForcibly().waitFor();
    Process serve = start("serve");
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> count("select count(*) from tasks where state = 'complete'") == 1);
    } finally {
      serve.destroy();
      assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(serve.exitValue()).isZero();
    checkAnswer(finish(start("resume", "--json")));
  }

  @Test
  void aNodeThatServesIsWokenByASubmission() throws Exception {
    Process serve = start("serve", "-Dbactrian.poll=1h");
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> count("select count(*) from pg_stat_activity where query like 'LISTEN%'") > 0);
      finish(start("submit", "fixtures/products.csv"));

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> count("select count(*) from tasks where state = 'complete'") == 1);
    } finally {
      serve.destroy();
      assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void checkAnswer(String json) throws IOException {
    var result = Json.readTree(json).get("result");
    var once = Json.readTree(Files.readString(Path.of("fixtures/products.expected.json")));
    assertThat(result.get("total_processed").asLong()).isEqualTo(1000L * COPIES);
    assertThat(result.get("total_inventory_value").decimalValue())
        .isEqualTo(
            once.get("total_inventory_value")
                .decimalValue()
                .multiply(java.math.BigDecimal.valueOf(COPIES)));
    assertThat(result.get("max_price_product")).isEqualTo(once.get("max_price_product"));
    assertThat(count("select count(*) from workflow_steps where state <> 'complete'")).isZero();
  }

  private void awaitRecords(long records) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> count("select coalesce(sum(records_read), 0) from checkpoints") >= records);
  }

  private long count(String sql) {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      return -1;
    }
  }

  private String finish(Process process) throws Exception {
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("run.err"))).isZero();
    return out;
  }

  /** The words of a printed command after the launcher, and --json. */
  private static List<String> words(String command) {
    var words = new ArrayList<>(List.of(command.replace("'", "").split(" ")));
    words.remove(0);
    words.add("--json");
    return words;
  }

  private Process start(String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.add("-Dbactrian.home=" + folder.resolve("home-" + UUID.randomUUID()));
    all.add("-Dbactrian.database.url=" + TestDatabase.url(address));
    all.add("-Dbactrian.lease.ttl=2s");
    return java(all);
  }

  private Process java(List<String> arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Bactrian.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(folder.resolve("run.err").toFile()).start();
  }
}
