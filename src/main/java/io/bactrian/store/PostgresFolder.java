package io.bactrian.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder {@code postgres} of a home: binaries, data, password and port of its server.
 *
 * <p>It is built under another name and renamed when it is complete, so that a kill at any point
 * leaves either all of it or nothing that counts.
 */
final class PostgresFolder {
  static final String USER = "bactrian";
  private static final String NAME = "postgres";
  private static final String BUILDING = "postgres.new-";
  private static final int PASSWORD_BYTES = 24;

  private final Path folder;

  private PostgresFolder(Path folder) {
    this.folder = folder;
  }

  /** Finds the folder or builds it; the caller holds the lock that allows changes. */
  static PostgresFolder prepare(Home home) throws IOException {
    removeLeftovers(home);
    Path complete = home.resolve(NAME);
    if (!Files.isDirectory(complete)) {
      Path building = home.resolve(BUILDING + UUID.randomUUID());
      new PostgresFolder(building).build(home.resolve("postgres.log"));
      home.rename(Fact.BUILD_SERVER, building, complete);
    }
    return new PostgresFolder(complete);
  }

  private static void removeLeftovers(Home home) throws IOException {
    try (Stream<Path> entries = Files.list(home.path())) {
      for (Path left : entries.filter(e -> name(e).startsWith(BUILDING)).toList()) {
        PostgresFiles.remove(left);
      }
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private void build(Path log) throws IOException {
    Home.createPrivate(folder);
    PostgresFiles.unpack(folder);
    writePassword();
    tools(log)
        .run(
            "initdb",
            "-D",
            data().toString(),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            "--pwfile=" + folder.resolve("password"),
            "-E",
            "UTF8",
            "--locale=C");
    Files.write(data().resolve("postgresql.conf"), settings(), StandardOpenOption.APPEND);
  }

  private void writePassword() throws IOException {
    byte[] secret = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(secret);
    Path file = Files.createFile(folder.resolve("password"));
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(file, HexFormat.of().formatHex(secret));
  }

  private static List<String> settings() throws IOException {
    return List.of(
        "listen_addresses = '127.0.0.1'",
        "unix_socket_directories = ''",
        "port = " + freePort(),
        "fsync = on",
        "synchronous_commit = on",
        "full_page_writes = on",
        "max_connections = 100");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  PostgresTools tools(Path log) {
    return new PostgresTools(folder.resolve("bin"), log);
  }

  Path data() {
    return folder.resolve("data");
  }

  String password() throws IOException {
    return Files.readString(folder.resolve("password")).strip();
  }

  /** The port chosen when the folder was built. */
  int port() throws IOException {
    return Files.readAllLines(data().resolve("postgresql.conf")).stream()
        .filter(line -> line.startsWith("port = "))
        .map(line -> Integer.parseInt(line.substring("port = ".length()).strip()))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new IOException("postgresql.conf names no port"));
  }
}
