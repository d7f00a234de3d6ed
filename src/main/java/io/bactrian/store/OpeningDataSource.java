package io.bactrian.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A pool that is still being opened, so that other parts of a process can start meanwhile. */
final class OpeningDataSource extends AbstractDataSource implements AutoCloseable {
  private final CompletableFuture<HikariDataSource> pool = new CompletableFuture<>();

  OpeningDataSource(Supplier<HikariDataSource> opening) {
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
    return await().getConnection();
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
