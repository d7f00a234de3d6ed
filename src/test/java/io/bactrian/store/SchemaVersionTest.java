package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

final class SchemaVersionTest {
  private final DatabaseAddress address = TestDatabase.create();

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
