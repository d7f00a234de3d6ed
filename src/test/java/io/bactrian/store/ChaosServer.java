package io.bactrian.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** An embedded PostgreSQL of a test's own, which may be crashed. */
public final class ChaosServer implements AutoCloseable {
  private final Path folder;
  private final EmbeddedServer server;

  public ChaosServer(Path folder) {
    this.folder = folder;
    this.server = EmbeddedServer.open(Home.open(folder.resolve("server")), OptionalInt.empty());
  }

  public DatabaseAddress address() {
    return server.address();
  }

  /** Ends all sessions as a crash would, and starts again with recovery. */
  public void crash() throws IOException {
    PostgresFolder postgres = PostgresFolder.prepare(Home.open(folder.resolve("server")));
    postgres
        .tools(folder.resolve("crash.log"))
        .run(
            "pg_ctl",
            "-D",
            postgres.data().toString(),
            "-m",
            "immediate",
            "-l",
            folder.resolve("server/postgres.log").toString(),
            "-w",
            "restart");
  }

  @Override
  public void close() throws IOException {
    server.close();
    PostgresFiles.remove(folder.resolve("server"));
  }
}
