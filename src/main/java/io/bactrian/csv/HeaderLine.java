package io.bactrian.csv;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Writes the names of columns so that a reader of the dialect reads the same names. What no such
 * reader can have read, such as a delimiter in a dialect without quotes, is written as it is.
 */
final class HeaderLine {
  private static final int NONE = -1;
  private static final int MARK = '\ufeff';

  /** After an escape these letters mean control characters. */
  private static final String LETTERS = "nrtbf";

  private final Dialect dialect;
  private final int delimiter;
  private final int quote;
  private final int escape;

  private HeaderLine(Dialect dialect) {
    this.dialect = dialect;
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote().orElse(NONE);
    this.escape = dialect.escape().orElse(NONE);
  }

  /** The line with its end; empty where the dialect has no header. */
  static byte[] of(Dialect dialect, List<String> names, byte[] lineEnd) {
    var line = new ByteArrayOutputStream();
    if (dialect.header()) {
      var written = new HeaderLine(dialect);
      for (int i = 0; i < names.size(); i++) {
        if (i > 0) {
          line.write(dialect.delimiter());
        }
        written.name(names.get(i), i == 0, names.size() == 1, line);
      }
      line.writeBytes(lineEnd);
    }
    return line.toByteArray();
  }

  private void name(String name, boolean first, boolean only, ByteArrayOutputStream line) {
    byte[] bytes = name.getBytes(dialect.charset());
    boolean quoted = quote != NONE && needsQuotes(name, bytes, first, only);
    if (quoted) {
      line.write(quote);
    }
    for (byte b : bytes) {
      if (quoted && b == quote) {
        line.write(quote);
      } else if (escape != NONE) {
        if (b == escape && LETTERS.indexOf(b) < 0) {
          line.write(escape);
        } else if (!quoted && (b == delimiter || b == '\n' || b == '\r')) {
          line.write(escape);
        }
      }
      line.write(b);
    }
    if (quoted) {
      line.write(quote);
    }
  }

  /** A line that is blank, begins as a comment or with a byte order mark would be no header. */
  private boolean needsQuotes(String name, byte[] bytes, boolean first, boolean only) {
    if (bytes.length == 0) {
      return only;
    }
    if (first && (bytes[0] == dialect.comment().orElse(NONE) || name.charAt(0) == MARK)) {
      return true;
    }
    for (byte b : bytes) {
      if (b == delimiter || b == quote || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }
}
