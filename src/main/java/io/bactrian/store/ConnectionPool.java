package io.bactrian.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the pool of connections to a database that this program can work with. */
final class ConnectionPool {
  private static final long CONNECT_MILLIS = 10_000;

  private ConnectionPool() {}

  /**
   * Connects to a database and brings its schema up to date; several processes may do so at once.
   *
   * @param hook is told when the schema changes
   * @throws StoreException if the server does not answer, would forget commits in a crash, or has a
   *     schema that this program cannot bring up to date
   */
  static HikariDataSource migrated(
      DatabaseAddress address, int connections, ConnectionLosses losses, CommitHook hook) {
    HikariDataSource pool = connect(address, connections, losses);
    try {
      refuseForgetful(pool, address);
      if (!Migrations.areApplied(JdbcClient.create(pool))) {
        hook.before(Fact.MIGRATE);
        Migrations.apply(pool);
        hook.after(Fact.MIGRATE);
      }
      return pool;
    } catch (FlywayException e) {
      pool.close();
      throw new StoreException(
          "the schema of %s cannot be brought up to date by this version of Bactrian: %s"
              .formatted(address, migrationProblem(e)),
          e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Connects to a database as it is, whatever its schema.
   *
   * @param connections size of the pool
   * @param losses is told of each connection that the pool loses
   * @throws StoreException if the server does not answer
   */
  static HikariDataSource connect(
      DatabaseAddress address, int connections, ConnectionLosses losses) {
    var config = new HikariConfig();
    config.setPoolName("bactrian");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(1);
    config.setExceptionOverride(losses);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          "cannot connect to the database %s: %s (setting bactrian.database.url, environment"
                  .formatted(address, firstLine(e))
              + " BACTRIAN_DATABASE_URL)",
          e);
    }
  }

  private static void refuseForgetful(HikariDataSource pool, DatabaseAddress address) {
    String fsync = JdbcClient.create(pool).sql("show fsync").query(String.class).single();
    if (!fsync.equals("on")) {
      throw new StoreException(
          "the database %s runs with fsync=%s and would forget commits in a crash; allowed: fsync=on"
              .formatted(address, fsync));
    }
  }

  /** What Flyway found, without its advice. */
  private static String migrationProblem(FlywayException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> line.startsWith("Detected "))
        .findFirst()
        .orElseGet(() -> firstLine(e));
  }

  private static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message").strip();
  }
}
