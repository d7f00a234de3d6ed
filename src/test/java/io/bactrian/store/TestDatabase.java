package io.bactrian.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One embedded PostgreSQL a test run; a database of its own for who asks. */
public final class TestDatabase {
  private TestDatabase() {}

  /** The address of a new, empty database. */
  public static DatabaseAddress create() {
    return ScratchServer.create();
  }

  /** The same as a URL with login. */
  public static String url(DatabaseAddress address) {
    return address.url();
  }

  /** Nobody reaches the database any more, until {@link #letIn}. */
  public static void cutOff(DatabaseAddress address) {
    admit(address, false);
  }

  public static void letIn(DatabaseAddress address) {
    admit(address, true);
  }

  private static void admit(DatabaseAddress address, boolean all) {
    String server = address.jdbcUrl().replace("/" + address.database(), "/postgres");
    var admin =
        JdbcClient.create(new DriverManagerDataSource(server, address.user(), address.password()));
    admin
        .sql("alter database \"%s\" allow_connections %s".formatted(address.database(), all))
        .update();
    if (!all) {
      admin
          .sql(
              "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :name")
          .param("name", address.database())
          .query(Long.class)
          .single();
    }
  }

  /** A migrated database of its own. */
  public static Database open() {
    DatabaseAddress address = create();
    return Database.open(() -> address, 4);
  }
}
