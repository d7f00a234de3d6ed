package io.bactrian.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For tests: one embedded PostgreSQL a JVM, started when first asked for and gone with the JVM; a
 * database of its own for who asks. Thread safe.
 */
public final class ScratchServer {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private ScratchServer() {}

  /** Started by the first use of the class. */
  private static final class Started {
    static final EmbeddedServer SERVER = start();

    private static EmbeddedServer start() {
      try {
        Path home = Files.createTempDirectory("bactrian-tests");
        EmbeddedServer server = EmbeddedServer.open(Home.open(home), OptionalInt.empty());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, home)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void end(EmbeddedServer server, Path home) {
      server.abandon();
      try {
        PostgresFiles.remove(home);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The address of a new, empty database. */
  public static DatabaseAddress create() {
    DatabaseAddress server = Started.SERVER.address();
    String name = "test_" + COUNT.incrementAndGet();
    execute("create database " + name);
    return new DatabaseAddress(
        server.host(), server.port(), name, server.user(), server.password(), "");
  }

  /** Deletes a database, whoever uses it. */
  public static void drop(DatabaseAddress database) {
    execute("drop database if exists %s with (force)".formatted(database.database()));
  }

  private static void execute(String sql) {
    try (Connection login = ServerProcess.login(Started.SERVER.address());
        Statement statement = login.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new StoreException("the tests' PostgreSQL refuses: " + sql, e);
    }
  }
}
