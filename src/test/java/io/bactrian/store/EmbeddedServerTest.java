package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded PostgreSQL is durable, private, and repairs itself. */
final class EmbeddedServerTest {
  private static final int KILL_POINTS = 20;

  @TempDir private Path folder;

  @AfterEach
  void leaveNoServerBehind() throws IOException {
    PostgresFiles.remove(folder);
    Files.createDirectories(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "fsync,on",
    "synchronous_commit,on",
    "full_page_writes,on",
    "max_connections,100",
    "listen_addresses,127.0.0.1",
    "unix_socket_directories,''",
    "password_encryption,scram-sha-256"
  })
  void settingsAreDurableAndPrivate(String setting, String value) throws SQLException {
    DatabaseAddress address = TestDatabase.create();

    assertThat(ask(address, "show " + setting)).isEqualTo(value);
  }

  @Test
  void onlyTheOwnerReadsThePassword() throws Exception {
    try (EmbeddedServer server = open()) {
      Path password = folder.resolve("home/postgres/password");
      assertThat(Files.readString(password)).isEqualTo(server.address().password()).hasSize(48);
      assertThat(
              java.nio.file.attribute.PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.address().jdbcUrl(), "bactrian", "wrong"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void theLastUserStopsTheServer() throws Exception {
    EmbeddedServer first = open();
    Process second = child(0);
    int port = ready(second);
    assertThat(port).isEqualTo(first.address().port());

    first.close();
    first.close();
    assertThat(ask(first.address(), "select 1")).isEqualTo("1");
    second.getOutputStream().close();
    assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> ask(first.address(), "select 1")).isInstanceOf(SQLException.class);
  }

  @Test
  void aKilledServerRemembersAcknowledgedCommits() throws Exception {
    Process child = child(1000);
    ready(child);
    kill(child);

    try (EmbeddedServer server = open()) {
      assertThat(ask(server.address(), "select count(*) from kept")).isEqualTo("1000");
    }
  }

  @Test
  void aKillAtAnyPointOfTheFirstStartIsRepaired() throws Exception {
    long began = System.nanoTime();
    Process whole = child(0);
    ready(whole);
    long wholeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    kill(whole);
    for (int point = 1; point <= KILL_POINTS; point++) {
      PostgresFiles.remove(folder);
      Files.createDirectories(folder);
      Process child = child(0);
      boolean unused = child.waitFor(wholeMillis * point / KILL_POINTS, TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();

      try (EmbeddedServer server = open()) {
        assertThat(ask(server.address(), "select 1")).as("kill point %d", point).isEqualTo("1");
      }
      try (var left = Files.list(folder.resolve("home"))) {
        assertThat(left.filter(f -> f.toString().contains("postgres.new-"))).isEmpty();
      }
    }
  }

  @Test
  void twoProcessesMayOpenAFreshHomeAtOnce() throws Exception {
    Process first = child(1);
    Process second = child(1);

    assertThat(ready(first)).isEqualTo(ready(second));
    first.getOutputStream().close();
    second.getOutputStream().close();
    assertThat(first.waitFor(30, TimeUnit.SECONDS) && second.waitFor(30, TimeUnit.SECONDS))
        .isTrue();
    assertThat(List.of(first.exitValue(), second.exitValue())).containsOnly(0);
  }

  @Test
  void aPortInUseNamesTheSetting() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Home home = Home.open(folder.resolve("home"));
      assertThatThrownBy(() -> EmbeddedServer.open(home, OptionalInt.of(taken.getLocalPort())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("bactrian.database.port");
    }
  }

  @Test
  void aHomeThatCannotBeWrittenNamesTheSetting() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> Home.open(file.resolve("home")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("bactrian.home");
  }

  @Test
  void aServerThatForgetsCommitsIsRefused() throws Exception {
    try (EmbeddedServer server = open()) {
      DatabaseAddress address = server.address();
      execute(address, "alter system set fsync = off");
      execute(address, "select pg_reload_conf()");
      await().atMost(Duration.ofSeconds(10)).until(() -> ask(address, "show fsync").equals("off"));

      try (Database database = Database.open(() -> address, 2)) {
        assertThatThrownBy(database::awaitReady)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("fsync=off");
      }
    }
  }

  @Test
  void aDeadProcessIsKnownByItsFreeLock() throws Exception {
    Home home = Home.open(folder.resolve("home"));
    UUID alive = UUID.randomUUID();
    UUID dead = UUID.randomUUID();
    try (ProcessLock lock = ProcessLock.acquire(home, alive)) {
      Files.createFile(home.path().resolve("nodes").resolve(dead + ".lock"));

      assertThat(ProcessLock.dead(home)).containsExactly(dead);
      ProcessLock.forget(home, dead);
      assertThat(ProcessLock.dead(home)).isEmpty();
      assertThat(lock).isNotNull();
    }
    assertThat(home.path().resolve("nodes")).isEmptyDirectory();
  }

  private EmbeddedServer open() {
    return EmbeddedServer.open(Home.open(folder.resolve("home")), OptionalInt.empty());
  }

  private Process child(int commits) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            EmbeddedServerMain.class.getName(),
            folder.resolve("home").toString(),
            String.valueOf(commits))
        .redirectError(folder.resolve("child.err").toFile())
        .start();
  }

  private int ready(Process child) throws IOException {
    BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).as(Files.readString(folder.resolve("child.err"))).startsWith("ready ");
    return Integer.parseInt(line.substring("ready ".length()));
  }

  /** Kills a process and every PostgreSQL of this test's folder. */
  private void kill(Process child) throws Exception {
    child.destroyForcibly().waitFor();
    ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .noneMatch(p -> p.info().commandLine().orElse("").contains(folder.toString())));
  }

  private static String ask(DatabaseAddress address, String sql) throws SQLException {
    try (Connection login =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        Statement statement = login.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (Connection login =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        Statement statement = login.createStatement()) {
      statement.execute(sql);
    }
  }
}
