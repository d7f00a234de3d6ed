package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

final class SchemaVersionTest {
  private final DatabaseAddress address = TestDatabase.create();

  @Test
  void aSchemaThatIsUpToDateIsSeenByOneQuery() throws Exception {
    var source = new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password());

    assertThat(Migrations.areApplied(JdbcClient.create(source)))
        .as("nothing applied yet")
        .isFalse();
    try (Database database = Database.open(() -> address, 2)) {
      database.awaitReady();
    }
    assertThat(Migrations.areApplied(JdbcClient.create(source))).as("applied").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update flyway_schema_history set checksum = checksum + 1 where version = '2'",
        "update flyway_schema_history set success = false where version = '2'",
        "delete from flyway_schema_history where version = '2'"
      })
  void aSchemaWithAnotherHistoryIsLeftToFlyway(String change) throws Exception {
    var source = new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password());
    Migrations.apply(source);

    JdbcClient.create(source).sql(change).update();

    assertThat(Migrations.areApplied(JdbcClient.create(source))).isFalse();
  }

  @Test
  void aSchemaThatANewerProgramHasMigratedIsRefused() throws Exception {
    try (Database database = Database.open(() -> address, 2)) {
      database.awaitReady();
    }
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into flyway_schema_history
            (installed_rank, version, description, type, script, checksum, installed_by,
             execution_time, success)
          values (9999, '9999', 'future', 'SQL', 'V9999__future.sql', 1, 'test', 1, true)
          """);
    }

    try (Database older = Database.open(() -> address, 2)) {
      assertThatThrownBy(older::awaitReady)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot be brought up to date by this version of Bactrian")
          .hasMessageContaining("9999");
    }
  }
}
