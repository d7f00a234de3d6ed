package io.bactrian.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded PostgreSQL a test run; a database of its own for who asks. */
public final class TestDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final EmbeddedServer SERVER = start();

  private TestDatabase() {}

  private static EmbeddedServer start() {
    try {
      Path home = Files.createTempDirectory("bactrian-tests");
      EmbeddedServer server = EmbeddedServer.open(Home.open(home), OptionalInt.empty());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    try {
                      PostgresFiles.remove(home);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a new, empty database. */
  public static DatabaseAddress create() {
    DatabaseAddress server = SERVER.address();
    String name = "test_" + COUNT.incrementAndGet();
    try (Connection login =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = login.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new DatabaseAddress(
        server.host(), server.port(), name, server.user(), server.password(), "");
  }

  /** The same as a URL with login. */
  public static String url(DatabaseAddress address) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            address.user(), address.password(), address.host(), address.port(), address.database());
  }

  /** A migrated database of its own. */
  public static Database open() {
    DatabaseAddress address = create();
    return Database.open(() -> address, 4);
  }
}
