package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.cli.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @TempDir private Path home;

  @Test
  void defaultsAreThoseOfTheFile() {
    Settings settings = Settings.load(Map.of());

    assertThat(settings.duration("bactrian.lease.ttl")).isEqualTo(Duration.ofSeconds(6));
    assertThat(settings.optional("bactrian.database.url")).isEmpty();
    assertThat(settings.folders("bactrian.routes.dir")).isEmpty();
  }

  @Test
  void theCommandLineWinsOverTheHomesFile() throws Exception {
    Files.writeString(
        home.resolve("bactrian.properties"), "bactrian.poll=3s\nbactrian.lease.ttl=9s\n");
    Map<String, String> given = Map.of("bactrian.home", home.toString(), "bactrian.poll", "250ms");

    assertThat(Settings.load(given).duration("bactrian.poll")).isEqualTo(Duration.ofMillis(250));
    assertThat(Settings.load(given).duration("bactrian.lease.ttl"))
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void anUnknownSettingIsAnErrorThatNamesTheKnown() {
    assertThatThrownBy(() -> Settings.load(Map.of("bactrian.pol", "1s")))
        .hasMessageContaining("unknown setting bactrian.pol")
        .hasMessageContaining("bactrian.poll");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "-1s", "0s", "6 s", "s"})
  void aTimeThatIsNoneNamesTheSetting(String value) {
    Settings settings = Settings.load(Map.of("bactrian.poll", value));
    assertThatThrownBy(() -> settings.duration("bactrian.poll"))
        .hasMessageContaining("setting bactrian.poll");
  }

  @ParameterizedTest
  @CsvSource({
    "bactrian.node.slots,-1",
    "bactrian.node.slots,many",
    "bactrian.home,''",
    "bactrian.database.connections,1"
  })
  void aNumberThatIsTooSmallIsOneLineAndExitOne(String key, String value) {
    Cli.Outcome outcome = new Cli(home).set(key, value).run("run", "fixtures/products_one.csv");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err().lines()).singleElement().asString().contains(key).contains("allowed");
  }

  @Test
  void theStateOfTheEmbeddedDatabaseIsInTheHome() {
    Path own = home.resolve("deep/home");

    Cli.Outcome outcome = new Cli(own).set("bactrian.database.url", "").run("tasks");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(own.resolve("postgres")).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aProcessKeepsNoMoreConnectionsThanTheSettingAllows(int most) throws Exception {
    var threads = Executors.newFixedThreadPool(12);
    try (var cluster = new TestCluster(home);
        Connection blocking =
            DriverManager.getConnection(
                cluster.address.jdbcUrl(), cluster.address.user(), cluster.address.password());
        Statement statement = blocking.createStatement()) {
      Engine engine =
          cluster.own(
              "bactrian.database.connections=" + most,
              "bactrian.notify=false",
              "bactrian.templates.dir=");
      blocking.setAutoCommit(false);
      statement.execute("lock table tasks in access exclusive mode");
      for (int i = 0; i < 12; i++) {
        threads.execute(() -> engine.tasks().find(UUID.randomUUID()));
      }

      await()
          .during(Duration.ofMillis(500))
          .atMost(TestCluster.LONG)
          .until(() -> others(statement), count -> count == most);
      blocking.rollback();
    } finally {
      threads.shutdownNow();
    }
  }

  /** The other connections to the database of this one. */
  private static int others(Statement statement) throws SQLException {
    statement.execute("select pg_stat_clear_snapshot()");
    try (ResultSet row =
        statement.executeQuery(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and backend_type = 'client backend' and pid <> pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void aPortBeyondTheLastIsOneLineWithItsSetting() {
    Cli.Outcome outcome =
        new Cli(home)
            .set("bactrian.database.url", "")
            .set("bactrian.database.port", "99999")
            .run("tasks");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("setting bactrian.database.port is '99999'")
        .contains("at most 65535");
  }

  @Test
  void aFolderOfRoutesThatIsNotThereIsOneLineWithItsSetting() {
    Cli.Outcome outcome = new Cli(home).set("bactrian.routes.dir", "none").run("templates", "list");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "bactrian: the routes cannot be loaded: folder none does not exist (setting bactrian.routes.dir)\n");
  }

  @Test
  void foldersAreSeparatedByCommas() {
    assertThat(
            Settings.load(Map.of("bactrian.routes.dir", "a, b/c")).folders("bactrian.routes.dir"))
        .containsExactly(Path.of("a"), Path.of("b/c"));
  }

  @Test
  void aDatabaseThatCannotBeReachedIsOneLineWithItsSetting() {
    Cli.Outcome outcome =
        new Cli(home)
            .set("bactrian.database.url", "postgresql://me:secret@127.0.0.1:1/none")
            .run("tasks");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("bactrian.database.url")
        .doesNotContain("secret");
  }
}
