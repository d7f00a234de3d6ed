package io.bactrian.csv;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record that cannot be used, while those around it can: its place in the file is known. */
public final class BadRecord extends CsvException {
  private static final long serialVersionUID = 1L;

  /** A field can be as long as its record; whoever tells of it tells how it begins and ends. */
  private static final int MOST_CHARS = 2_000;

  private static final int END_CHARS = 500;

  private final transient Path file;
  private final long ordinal;
  private final long offset;
  private final String problem;

  /**
   * @param file the file it stands in
   * @param ordinal its ordinal, from 1
   * @param offset byte offset of its first byte in the file
   * @param problem what was found in it, and what is allowed; the middle of a long text is left out
   */
  public BadRecord(Path file, long ordinal, long offset, String problem) {
    this(file, ordinal, offset, problem, null);
  }

  /** The same with what told of it. */
  public BadRecord(
      Path file, long ordinal, long offset, String problem, @Nullable Throwable cause) {
    super(told(file, ordinal, offset, shortened(problem)), cause);
    this.file = file;
    this.ordinal = ordinal;
    this.offset = offset;
    this.problem = shortened(problem);
  }

  private static String shortened(String problem) {
    if (problem.length() <= MOST_CHARS) {
      return problem;
    }
    int end = wholeChar(problem, MOST_CHARS - END_CHARS);
    int begin = wholeChar(problem, problem.length() - END_CHARS);
    return "%s … (%d characters left out) … %s"
        .formatted(problem.substring(0, end), begin - end, problem.substring(begin));
  }

  /** Not between the two halves of a character. */
  private static int wholeChar(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }

  /** A record with another number of fields than the header has columns. */
  public static BadRecord ragged(
      Path file, long record, long offset, int found, List<String> header) {
    String where =
        found < header.size()
            ? "column %s is missing".formatted(header.get(found))
            : "there is a field after column %s".formatted(header.get(header.size() - 1));
    return new BadRecord(
        file,
        record,
        offset,
        "found %d fields, %s; allowed: %d, one for each column of the header"
            .formatted(found, where, header.size()));
  }

  /** A field that is not what its column wants. */
  public static BadRecord field(
      Path file, long record, long offset, String column, String found, String allowed) {
    return new BadRecord(
        file, record, offset, "column %s: found %s; allowed: %s".formatted(column, found, allowed));
  }

  /** The file it stands in. */
  public Path file() {
    return file;
  }

  /** The record's ordinal, from 1. */
  public long ordinal() {
    return ordinal;
  }

  /** Byte offset of the record in its file. */
  public long offset() {
    return offset;
  }

  /** What was found in it, and what is allowed; without its place. */
  public String problem() {
    return problem;
  }
}
