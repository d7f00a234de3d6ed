package io.bactrian.csv;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delimited file cannot be used as it is; trying again will not help. */
public sealed class CsvException extends RuntimeException permits BadRecord {
  private static final long serialVersionUID = 1L;

  public CsvException(String message) {
    super(message);
  }

  public CsvException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static CsvException at(Path file, long record, long offset, String problem) {
    return new CsvException(told(file, record, offset, problem));
  }

  static String told(Path file, long record, long offset, String problem) {
    return "%s: record %d at byte %d: %s".formatted(file, record, offset, problem);
  }

  /** A file that is no longer the planned one. */
  static CsvException inputChanged(Path file, String what) {
    return new CsvException(
        "%s: input changed since it was planned: %s; allowed: the planned file. Submit a new task for the new content"
            .formatted(file, what));
  }

  /** A header in which a name that somebody wants stands more than once. */
  public static CsvException ambiguous(Path file, String column, List<String> header) {
    return new CsvException(
        "%s: record 0 (the header): column %s stands twice, as the fields %d and %d; allowed: different names, or rows: views and columns by number"
            .formatted(file, column, header.indexOf(column) + 1, header.lastIndexOf(column) + 1));
  }
}
