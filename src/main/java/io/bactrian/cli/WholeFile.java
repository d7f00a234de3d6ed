package io.bactrian.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** Writes a file that is there as a whole or not at all, whatever happens on the way. */
final class WholeFile {
  private static final int BLOCK = 64 << 10;

  private WholeFile() {}

  /** Why a file cannot be written, as far as that can be seen before. */
  static Optional<String> problem(Path file, boolean replace) {
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      return Optional.of("%s: there is no directory %s".formatted(file, folder));
    }
    if (Files.isDirectory(file)) {
      return Optional.of("%s is a directory; allowed: the name of a file".formatted(file));
    }
    return Files.exists(file) && !replace
        ? Optional.of("%s is there already; allowed: another name, or --force".formatted(file))
        : Optional.empty();
  }

  /**
   * Writes all of a stream beside the file, and then puts it in its place.
   *
   * @return how many bytes
   */
  static long write(Path file, InputStream content) {
    Path folder = folder(file);
    Path part = folder.resolve(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      long bytes = copy(content, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel entries = FileChannel.open(folder)) {
        entries.force(true);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e), e);
    } finally {
      remove(part);
    }
  }

  private static long copy(InputStream content, Path part) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] block = new byte[BLOCK];
      for (int read = content.read(block); read >= 0; read = content.read(block)) {
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
        while (bytes.hasRemaining()) {
          int unused = channel.write(bytes);
        }
      }
      channel.force(true);
      return channel.size();
    }
  }

  private static void remove(Path part) {
    try {
      boolean unused = Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed: %s".formatted(part, e), e);
    }
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
