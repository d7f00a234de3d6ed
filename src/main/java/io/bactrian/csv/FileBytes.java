package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens input files and reads pieces of them; says plainly why one cannot be read. */
final class FileBytes {
  private FileBytes() {}

  static FileChannel open(Path file) {
    try {
      checkRegular(file);
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new CsvException("%s does not exist; allowed: a readable file".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new CsvException("%s may not be read; allowed: a readable file".formatted(file), e);
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }

  /** Opening a pipe would wait for a writer, and neither it nor a device can be read anywhere. */
  private static void checkRegular(Path file) throws IOException {
    if (file.toString().isEmpty()) {
      throw new CsvException("the name of the file is empty; allowed: a readable file");
    }
    var found = Files.readAttributes(file, BasicFileAttributes.class);
    if (found.isDirectory()) {
      throw new CsvException("%s is a directory; allowed: a readable file".formatted(file));
    }
    if (!found.isRegularFile()) {
      throw new CsvException(
          "%s is no regular file but a pipe, a socket or a device; allowed: a readable file, such as a copy of what comes out of it"
              .formatted(file));
    }
  }

  /** Reads bytes at a position; fewer only where the file ends. */
  static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    return read(channel, from, ByteBuffer.allocate(length));
  }

  /** The same, as many as a buffer has room for. */
  static ByteBuffer read(FileChannel channel, long from, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.flip();
  }
}
