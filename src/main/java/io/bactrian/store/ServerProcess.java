package io.bactrian.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server process of a home's data: found when it lives, started when not. */
final class ServerProcess {
  private static final String DATABASE = "bactrian";
  private static final long START_SECONDS = 60;
  private static final long POLL_MILLIS = 50;

  /** The line of the pid file, from 0, in which the server says how far it is. */
  private static final int STATUS = 7;

  private final PostgresFolder folder;
  private final Path log;
  private final int port;
  private final CommitHook hook;

  /**
   * @param port the port to listen on
   * @param hook is told when the database is created
   */
  ServerProcess(PostgresFolder folder, Path log, int port, CommitHook hook) {
    this.folder = folder;
    this.log = log;
    this.port = port;
    this.hook = hook;
  }

  /** Makes true: the server answers and has the database. Answers where it is. */
  DatabaseAddress ensureRunning() throws IOException {
    Optional<Integer> live = livePort();
    if (live.isEmpty()) {
      start();
    }
    var address =
        new DatabaseAddress(
            "127.0.0.1", live.orElse(port), DATABASE, PostgresFolder.USER, folder.password(), "");
    ensureDatabase(address);
    return address;
  }

  /**
   * {@code pg_ctl} looks ten times a second whether the server is there; its pid file says so at
   * once.
   */
  private void start() throws IOException {
    Files.deleteIfExists(pidFile());
    checkPortIsFree();
    folder
        .tools(log)
        .run(
            this::isReady,
            "pg_ctl",
            "-D",
            folder.data().toString(),
            "-l",
            log.toString(),
            "-o",
            "-p " + port,
            "-w",
            "-t",
            String.valueOf(START_SECONDS),
            "start");
  }

  /**
   * Stops the server.
   *
   * @param mode {@code fast} writes everything out, {@code immediate} is like a crash
   */
  void stop(String mode) {
    folder
        .tools(log)
        .run(
            () -> !Files.exists(pidFile()),
            "pg_ctl",
            "-D",
            folder.data().toString(),
            "-m",
            mode,
            "-w",
            "stop");
  }

  private boolean isReady() {
    try {
      List<String> lines = Files.readAllLines(pidFile());
      return lines.size() > STATUS && lines.get(STATUS).strip().equals("ready");
    } catch (IOException e) {
      return false;
    }
  }

  private void checkPortIsFree() {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new StoreException(
          "port %d of the embedded PostgreSQL is in use by another program; allowed: a free port (setting bactrian.database.port, environment BACTRIAN_DATABASE_PORT)"
              .formatted(port),
          e);
    }
  }

  /**
   * The port of the live server of this data; a pid file of a dead or foreign process does not
   * count.
   */
  private Optional<Integer> livePort() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile());
    boolean ours =
        lines.size() > 3
            && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .flatMap(p -> p.info().commandLine())
                .map(command -> command.contains(folder.data().toString()))
                .orElse(false);
    return ours ? Optional.of(Integer.parseInt(lines.get(3).strip())) : Optional.empty();
  }

  private void ensureDatabase(DatabaseAddress address) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try (Connection login = login(address);
          Statement statement = login.createStatement()) {
        ResultSet found =
            statement.executeQuery("select 1 from pg_database where datname = 'bactrian'");
        if (!found.next()) {
          hook.before(Fact.CREATE_DATABASE);
          statement.execute("create database bactrian");
          hook.after(Fact.CREATE_DATABASE);
        }
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > end) {
          throw new StoreException(
              "the embedded PostgreSQL does not let us in: %s (see %s)"
                  .formatted(e.getMessage(), log),
              e);
        }
        pause();
      }
    }
  }

  static Connection login(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres?connectTimeout=5"
            .formatted(address.host(), address.port()),
        address.user(),
        address.password());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the embedded PostgreSQL", e);
    }
  }

  private Path pidFile() {
    return folder.data().resolve("postmaster.pid");
  }
}
