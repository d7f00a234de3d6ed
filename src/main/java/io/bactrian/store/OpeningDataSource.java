package io.bactrian.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A pool that is still being opened, so that other parts of a process can start meanwhile. */
final class OpeningDataSource extends AbstractDataSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpeningDataSource.class);

  private final CompletableFuture<HikariDataSource> pool = new CompletableFuture<>();
  private final ConnectionLosses losses;
  private final Supplier<DatabaseAddress> revive;
  private final Lock reviving = new ReentrantLock();

  /**
   * @param opening opens the pool
   * @param losses is told when a thread gets no connection
   * @param revive called then, by one thread at a time: brings the server back if it is ours
   */
  OpeningDataSource(
      Supplier<HikariDataSource> opening,
      ConnectionLosses losses,
      Supplier<DatabaseAddress> revive) {
    this.losses = losses;
    this.revive = revive;
    var thread = new Thread(() -> open(opening), "bactrian-database");
    thread.setDaemon(true);
    thread.start();
  }

  private void open(Supplier<HikariDataSource> opening) {
    try {
      pool.complete(opening.get());
    } catch (RuntimeException | Error e) {
      pool.completeExceptionally(e);
    }
  }

  /** Waits until the pool is open; what stopped it from opening is thrown here. */
  HikariDataSource await() {
    try {
      return pool.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return await().getConnection();
    } catch (SQLException e) {
      losses.refused();
      reviveOnce();
      throw e;
    }
  }

  private void reviveOnce() {
    if (reviving.tryLock()) {
      try {
        DatabaseAddress unused = revive.get();
      } catch (RuntimeException e) {
        log.warn("the database is not there and cannot be brought back: {}", e.getMessage());
      } finally {
        reviving.unlock();
      }
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return await().getConnection(user, password);
  }

  @Override
  public void close() {
    pool.handle((open, failure) -> open).thenAccept(OpeningDataSource::closeIfOpen).join();
  }

  private static void closeIfOpen(@Nullable HikariDataSource open) {
    if (open != null) {
      open.close();
    }
  }
}
