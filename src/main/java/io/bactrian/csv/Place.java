package io.bactrian.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where a file lies and when its inode changed last: the same place means the same content. */
final class Place {
  /** Clocks of file systems tick this seldom; a write within a tick leaves no trace. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final String HOST = host();

  private Place() {}

  static String of(Path file) throws IOException {
    if (HOST.isEmpty() || !file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return "";
    }
    Map<String, Object> found = Files.readAttributes(file, "unix:dev,ino,ctime");
    if (!(found.get("ctime") instanceof FileTime changed)
        || changed.toInstant().plus(TICK).isAfter(Instant.now())) {
      return "";
    }
    return "%s/%s:%s/%d"
        .formatted(HOST, found.get("dev"), found.get("ino"), changed.to(TimeUnit.NANOSECONDS));
  }

  /** The name the kernel has for this machine or container. */
  private static String host() {
    try {
      Path file = Path.of("/proc/sys/kernel/hostname");
      return Files.isReadable(file) ? Files.readString(file, StandardCharsets.UTF_8).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }
}
