package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.store.ClockTable;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database from the command line. */
final class DatabaseCommandTest {
  @TempDir private Path home;
  private final DatabaseAddress address = TestDatabase.create();

  private Cli cli() {
    return new Cli(
        Map.of(
            "bactrian.home", home.toString(),
            "bactrian.database.url", TestDatabase.url(address),
            "bactrian.poll", "100ms"));
  }

  private static JsonNode json(Cli.Outcome outcome) {
    return Json.readTree(outcome.out());
  }

  @Test
  void statusLooksAndMigrateMigrates() {
    JsonNode before = json(cli().run("db", "status", "--json"));
    JsonNode migrated = json(cli().run("db", "migrate", "--json"));
    JsonNode after = json(cli().run("db", "status", "--json"));

    assertThat(before.get("schema").isNull()).isTrue();
    assertThat(before.get("pending")).isNotEmpty();
    assertThat(migrated.get("previous_schema").isNull()).isTrue();
    assertThat(migrated.get("applied")).isEqualTo(before.get("pending"));
    assertThat(after.get("schema")).isEqualTo(migrated.get("schema"));
    assertThat(after.get("pending")).isEmpty();
    assertThat(after.get("server").asText()).isEqualTo("external");
    assertThat(after.get("port").asInt()).isEqualTo(address.port());
    assertThat(after.get("server_version").asText()).matches("1[0-9].*|2[0-9].*");
    assertThat(after.get("bytes").asLong()).isGreaterThan(before.get("bytes").asLong());
    Cli.Outcome text = cli().run("db", "status");
    assertThat(text.out())
        .contains("external, PostgreSQL", "pending      nothing", "live nodes   0");
    assertThat(text.out() + text.err()).doesNotContain(":" + address.password() + "@");
  }

  @Test
  void theUrlHasThePasswordOnlyWhenAskedFor() {
    Cli.Outcome url = cli().run("db", "url");
    Cli.Outcome secret = cli().run("db", "url", "--with-password");

    assertThat(url.out().strip())
        .isEqualTo(
            "postgresql://%s@%s:%d/%s"
                .formatted(address.user(), address.host(), address.port(), address.database()));
    assertThat(DatabaseAddress.parse(secret.out().strip())).isEqualTo(address);
    assertThat(json(cli().run("db", "url", "--json")).get("url").asText())
        .isEqualTo(url.out().strip());
  }

  @Test
  void pruneSaysWhatIsDueThenLetsItLeaveAndTheReceiptIsShown() {
    Cli cli = cli().set("bactrian.retention", "7d");
    String task = json(cli.run("run", "fixtures/products.csv", "--json")).get("task_uuid").asText();
    JsonNode early = json(cli.run("db", "prune", "--json"));
    move(Duration.ofDays(8));

    JsonNode dry = json(cli.run("db", "prune", "--dry-run", "--json"));
    assertThat(cli.run("db", "prune", "--dry-run").out())
        .containsPattern("csv_processing/csv_product_inventory_analyzer@1.0.0 +7 days +1 +1 +7 ")
        .contains("nothing was deleted");
    assertThat(cli.run("task", task).exit()).isZero();
    JsonNode done = json(cli.run("db", "prune", "--reason", "tidy", "--json"));

    assertThat(early.get("pruned_tasks").asInt()).isZero();
    assertThat(dry.at("/templates/0/due_tasks").asInt()).isEqualTo(1);
    assertThat(dry.at("/templates/0/keep_seconds").asLong()).isEqualTo(7 * 86_400);
    assertThat(dry.at("/templates/0/due_rows").asInt()).isGreaterThan(40);
    assertThat(dry.get("pruned_tasks").asInt()).isZero();
    assertThat(done.get("pruned_tasks").asInt()).isEqualTo(1);
    assertThat(done.get("pruned_steps").asInt()).isEqualTo(7);
    assertThat(done.get("pruned_plans").asInt()).isEqualTo(1);
    receipt(cli, task);
  }

  private static void receipt(Cli cli, String task) {
    JsonNode shown = json(cli.run("task", task, "--json"));
    assertThat(shown.get("status").asText()).isEqualTo("complete");
    assertThat(shown.at("/result/total_inventory_value").decimalValue()).isEqualTo("161613510.32");
    assertThat(shown.get("steps")).isEmpty();
    assertThat(shown.at("/receipt/result_sha256").asText()).hasSize(64);
    assertThat(cli.run("task", task).out()).contains("was pruned at");
    for (String command : new String[] {"steps", "watch", "rerun", "cancel"}) {
      Cli.Outcome gone = cli.run(command, task, "--json");
      assertThat(gone.exit()).as(command).isEqualTo(3);
      assertThat(json(gone).at("/error/code").asText()).isEqualTo("pruned");
    }
  }

  @Test
  void aRunOfAKnownIdentityPrintsTheReceiptsResult() {
    Cli cli = cli().set("bactrian.retention", "7d");
    String[] run = {"run", "fixtures/products.csv", "--idempotency-key", "day-7", "--json"};
    JsonNode first = json(cli.run(run));
    move(Duration.ofDays(8));
    cli.run("db", "prune");

    Cli.Outcome again = cli.run(run);

    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(json(again).get("task_uuid")).isEqualTo(first.get("task_uuid"));
    assertThat(json(again).get("result")).isEqualTo(first.get("result"));
  }

  private void move(Duration by) {
    try (var database = Database.open(() -> address, 2)) {
      new ClockTable(database).move(by);
    }
  }
}
