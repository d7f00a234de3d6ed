package io.bactrian.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The pool, the migrations and the transactions of one database.
 *
 * <p>A transaction takes no connection before its first SQL. Thread safe; closing is idempotent.
 */
public final class Database implements AutoCloseable {
  private static final long CONNECT_MILLIS = 10_000;
  private static final int DEADLOCK_ATTEMPTS = 5;

  private final OpeningDataSource pool;
  private final LazyConnectionDataSourceProxy lazy;
  private final JdbcClient jdbc;
  private final DataSourceTransactionManager transactions;
  private final TransactionTemplate template;

  private Database(OpeningDataSource pool) {
    this.pool = pool;
    this.lazy = new LazyConnectionDataSourceProxy();
    lazy.setTargetDataSource(pool);
    lazy.setDefaultAutoCommit(true);
    lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    this.jdbc = JdbcClient.create(lazy);
    this.transactions = new DataSourceTransactionManager(lazy);
    this.template = new TransactionTemplate(transactions);
  }

  /**
   * Begins to connect and to bring the schema up to date; several processes may do so at once. The
   * first use waits until that is done.
   *
   * @param address finds, or starts, the server
   * @param connections size of the pool
   */
  public static Database open(Supplier<DatabaseAddress> address, int connections) {
    return new Database(new OpeningDataSource(() -> migrated(address.get(), connections)));
  }

  /** Waits until the database can be used. */
  public void awaitReady() {
    pool.await();
  }

  private static HikariDataSource migrated(DatabaseAddress address, int connections) {
    HikariDataSource pool = connect(address, connections);
    try {
      refuseForgetful(pool, address);
      Flyway.configure().dataSource(pool).load().migrate();
      return pool;
    } catch (FlywayException e) {
      pool.close();
      throw new StoreException(
          "the schema of %s cannot be brought up to date: %s".formatted(address, firstLine(e)), e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource connect(DatabaseAddress address, int connections) {
    var config = new HikariConfig();
    config.setPoolName("bactrian");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(1);
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

  private static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message").strip();
  }

  /**
   * The manager that a route's {@code transacted} uses: same connection as the tables of this
   * package.
   */
  public PlatformTransactionManager transactions() {
    return transactions;
  }

  /**
   * The source of connections for handlers whose effects shall commit with the checkpoint: inside a
   * chunk it gives the connection of the chunk's transaction.
   */
  public DataSource dataSource() {
    return new TransactionAwareDataSourceProxy(lazy);
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  /** Runs work in one transaction; one that PostgreSQL ends for a deadlock is run again. */
  void transact(Runnable work) {
    for (int attempt = 1; ; attempt++) {
      try {
        template.executeWithoutResult(status -> work.run());
        return;
      } catch (PessimisticLockingFailureException e) {
        if (attempt == DEADLOCK_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
