package io.bactrian.csv;

import java.nio.file.Path;
import java.util.List;

/** A delimited file cannot be used as it is; trying again will not help. */
public final class CsvException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CsvException(String message) {
    super(message);
  }

  public CsvException(String message, Throwable cause) {
    super(message, cause);
  }

  static CsvException at(Path file, long record, long offset, String problem) {
    return new CsvException(
        "%s: record %d at byte %d: %s".formatted(file, record, offset, problem));
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

  /** A record with another number of fields than the header has columns. */
  public static CsvException ragged(
      Path file, long record, long offset, int found, List<String> header) {
    String where =
        found < header.size()
            ? "column %s is missing".formatted(header.get(found))
            : "there is a field after column %s".formatted(header.get(header.size() - 1));
    return at(
        file,
        record,
        offset,
        "found %d fields, %s; allowed: %d, one for each column of the header"
            .formatted(found, where, header.size()));
  }

  /** A field that is not what its column wants. */
  public static CsvException field(
      Path file, long record, long offset, String column, String found, String allowed) {
    return at(
        file, record, offset, "column %s: found %s; allowed: %s".formatted(column, found, allowed));
  }
}
