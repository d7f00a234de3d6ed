package io.bactrian;

import io.bactrian.store.CommitHook;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.EmbeddedServer;
import io.bactrian.store.Home;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The database of a process: the server that the settings name, else the embedded one of the home.
 */
final class DatabaseServer implements AutoCloseable {
  private static final String URL = "bactrian.database.url";
  private static final int LAST_PORT = 65_535;

  private final Settings settings;
  private final Home home;
  private final CommitHook hook;
  private @Nullable EmbeddedServer embedded;
  private @Nullable DatabaseAddress address;
  private boolean closed;

  DatabaseServer(Settings settings, CommitHook hook) {
    this.settings = settings;
    this.hook = hook;
    settings.optional(URL).ifPresent(DatabaseAddress::parse);
    this.home = Home.open(settings.folder("bactrian.home"), hook);
  }

  Home home() {
    return home;
  }

  /** Begins to open the pool. */
  Database open() {
    return Database.open(
        this::address,
        settings.number("bactrian.database.connections", 2),
        hook,
        settings.flag("bactrian.notify"));
  }

  /**
   * Where the database is; the first call finds or starts the embedded server, each next one brings
   * it back if it has died.
   */
  synchronized DatabaseAddress address() {
    if (address == null) {
      Optional<String> url = settings.optional(URL);
      address = url.map(DatabaseAddress::parse).orElseGet(this::startEmbedded);
    } else if (embedded != null) {
      embedded.ensureRunning();
    }
    return address;
  }

  private DatabaseAddress startEmbedded() {
    if (closed) {
      throw new IllegalStateException("the embedded PostgreSQL is asked for after the end");
    }
    int port = settings.number("bactrian.database.port", 0, LAST_PORT);
    EmbeddedServer server =
        EmbeddedServer.open(home, port == 0 ? OptionalInt.empty() : OptionalInt.of(port));
    embedded = server;
    return server.address();
  }

  /** Waits for a start that is going on, to stop what it has started. */
  @Override
  public synchronized void close() {
    closed = true;
    if (embedded != null) {
      embedded.close();
    }
  }
}
