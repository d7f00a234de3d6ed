package io.bactrian.route;

import io.bactrian.endpoint.TaskHeaders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/**
 * The Claim Check of the watched folder: keeps a file that arrived under a place of its own, which
 * the task's context names, so that the arrived name can go once the task is committed.
 *
 * <p>The place is a second name of the same file (a hard link; a copy where the file system has
 * none). It follows from name, size and time of change, like the idempotency key: whoever finds the
 * file again after a crash makes the same place and asks for the same task.
 */
public final class ClaimCheck {
  /** Folder of the checked-in files, below the watched one; Camel passes over hidden names. */
  static final String FOLDER = ".accepted";

  private static final int KEY_DIGITS = 32;

  /**
   * Checks a file in.
   *
   * @param file what arrived
   * @param contextKey under which key the context names its place
   * @param exchange gets the context as body and the idempotency key as header
   */
  public void checkIn(File file, String contextKey, Exchange exchange) {
    try {
      Path arrived = file.toPath().toAbsolutePath().normalize();
      String key = key(arrived);
      Path accepted = arrived.resolveSibling(FOLDER);
      Path folder = accepted.resolve(key);
      Files.createDirectories(folder);
      Path place = folder.resolve(file.getName());
      keep(arrived, place);
      sync(folder);
      sync(accepted);
      exchange.getMessage().setHeader(TaskHeaders.IDEMPOTENCY_KEY, "folder/" + key);
      exchange.getMessage().setBody(Map.of(contextKey, place.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be checked in; it will be tried again".formatted(file), e);
    }
  }

  private static void keep(Path arrived, Path place) throws IOException {
    if (Files.exists(place) && Files.size(place) == Files.size(arrived)) {
      return;
    }
    try {
      Files.createLink(place, arrived);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(arrived, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The name is on the disk before the task that needs it is in the database. */
  private static void sync(Path folder) throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static String key(Path file) throws IOException {
    String text =
        "%s|%d|%d"
            .formatted(
                file, Files.size(file), Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
