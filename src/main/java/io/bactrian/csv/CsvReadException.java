package io.bactrian.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/** Reading a file has failed, as on a drive of the network; trying again may help. */
public final class CsvReadException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  CsvReadException(Path file, IOException e) {
    super("%s cannot be read: %s".formatted(file, why(e)), e);
  }

  /** The message of an exception of the file system begins with the file. */
  private static String why(IOException e) {
    String told = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return Objects.requireNonNullElse(told, e.getClass().getSimpleName());
  }
}
