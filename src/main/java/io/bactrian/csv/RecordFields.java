package io.bactrian.csv;

import java.util.Arrays;
import java.util.Objects;

/**
 * Finds the fields of one record after the other, eight bytes at a time, or more where {@link
 * Vectors} can be had. Agrees with {@link RecordScanner}. Not thread safe.
 */
class RecordFields {
  /** The next record goes on after the bytes given, or there is no byte left. */
  static final int MORE = -1;

  /** No record follows. */
  static final int END = -2;

  /** The next record is not in the dialect. */
  static final int BROKEN = -3;

  private static final int NO_BYTE = Integer.MIN_VALUE;

  final int delimiter;
  final int quote;
  private final int escape;
  private final int comment;
  private final boolean keepBlankLines;
  final Quotes quotes;
  private final long delimitersNeedle;
  private final long quotesNeedle;

  byte[] bytes = new byte[0];
  int limit;
  boolean last;
  int[] ends;
  private int count;
  private int recordStart;
  private int next;

  RecordFields(Dialect dialect, int fields) {
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote().orElse(NO_BYTE);
    this.escape = dialect.escape().orElse(NO_BYTE);
    this.comment = dialect.comment().orElse(NO_BYTE);
    this.keepBlankLines = dialect.keepBlankLines();
    this.quotes = dialect.quotes();
    this.delimitersNeedle = Words.needle(delimiter);
    this.quotesNeedle = Words.needle(dialect.quote().orElse('\n'));
    this.ends = new int[fields];
  }

  /** The fastest that this Java has. */
  static RecordFields of(Dialect dialect, int fields) {
    return Vectors.available()
        ? Vectors.recordFields(dialect, fields)
        : new RecordFields(dialect, fields);
  }

  /**
   * Gives bytes, with {@link Words#PADDING} more than {@code end}; the first of these becomes a
   * line feed, at which every search ends that has found nothing before.
   *
   * @param from where a line begins
   */
  void bytes(byte[] given, int from, int end, boolean endOfChunk) {
    given[end] = '\n';
    bytes = given;
    limit = end;
    last = endOfChunk;
    next = from;
    count = 0;
  }

  /**
   * Finds the fields of the next record.
   *
   * @return how many, or {@link #MORE}, {@link #END}, {@link #BROKEN}; then the next record is
   *     still to come
   */
  int next() {
    while (next < limit) {
      int b = bytes[next];
      if (b == comment || ((b == '\n' || b == '\r') && !keepBlankLines)) {
        int end = b == comment ? commentEnd(next) : lineEnd(next);
        if (end < 0) {
          return end;
        }
        next = end;
      } else {
        int end = escape == NO_BYTE ? fields(next) : escapedFields(next);
        if (end < 0) {
          return end;
        }
        recordStart = next;
        next = end;
        return count;
      }
    }
    return last ? END : MORE;
  }

  /** After the line end of a record that begins here; its fields are found. */
  int fields(int start) {
    byte[] b = bytes;
    int[] found = ends;
    int fields = 0;
    int word = start;
    long mask = Words.maskOrControl(Words.get(b, word), delimitersNeedle, quotesNeedle);
    while (true) {
      while (mask == 0) {
        word += Long.BYTES;
        mask = Words.maskOrControl(Words.get(b, word), delimitersNeedle, quotesNeedle);
      }
      int at = word + Words.first(mask);
      mask &= mask - 1;
      int c = b[at];
      if (c == delimiter) {
        if (fields + 1 == found.length) {
          found = more();
        }
        found[fields++] = at;
      } else if (c == '\n') {
        return at < limit ? record(fields, at, at + 1) : endOfBytes(fields);
      } else if (c == '\r') {
        int end = lineEnd(at);
        return end < 0 ? end : record(fields, at, end);
      } else if (c == quote) {
        if (at != (fields == 0 ? start : found[fields - 1] + 1)) {
          if (quotes == Quotes.STRICT) {
            return BROKEN;
          }
          continue;
        }
        word = quotedEnd(at + 1);
        if (word < 0) {
          return word;
        }
        if (word >= limit) {
          return endOfBytes(fields);
        }
        mask = Words.maskOrControl(Words.get(b, word), delimitersNeedle, quotesNeedle);
      }
    }
  }

  final int[] more() {
    ends = Arrays.copyOf(ends, ends.length * 2);
    return ends;
  }

  final int endOfBytes(int fields) {
    return last ? record(fields, limit, limit) : MORE;
  }

  final int record(int fields, int end, int after) {
    ends[fields] = end;
    count = fields + 1;
    return after;
  }

  private int quotedEnd(int from) {
    byte[] b = bytes;
    int at = from;
    while (at < limit) {
      long mask = Words.mask(Words.get(b, at), quotesNeedle);
      if (mask == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Words.first(mask) + 1;
      if (at >= limit) {
        return last ? (at == limit ? at : BROKEN) : MORE;
      }
      int after = b[at];
      if (after == delimiter || after == '\n' || after == '\r') {
        return at;
      }
      if (after != quote) {
        return quotes == Quotes.LENIENT ? at : BROKEN;
      }
      at++;
    }
    return last ? BROKEN : MORE;
  }

  final int lineEnd(int at) {
    if (bytes[at] == '\n') {
      return at + 1;
    }
    if (at + 1 < limit) {
      return bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }
    return last ? limit : MORE;
  }

  private int commentEnd(int from) {
    for (int at = from; at < limit; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r') {
        return lineEnd(at);
      }
    }
    return last ? limit : MORE;
  }

  /** The same byte by byte, for dialects with an escape. */
  private int escapedFields(int start) {
    int fields = 0;
    int fieldStart = start;
    boolean quoted = false;
    int at = start;
    while (at < limit) {
      int b = bytes[at];
      if (b == escape) {
        if (at + 1 >= limit) {
          return last ? BROKEN : MORE;
        }
        at += 2;
      } else if (b == quote && (quoted || at == fieldStart)) {
        if (quoted && at + 1 >= limit && !last) {
          return MORE;
        }
        if (!quoted) {
          quoted = true;
          at++;
        } else if (at + 1 < limit && bytes[at + 1] == quote) {
          at += 2;
        } else {
          quoted = false;
          at++;
          if (at < limit && !endsField(bytes[at]) && quotes != Quotes.LENIENT) {
            return BROKEN;
          }
        }
      } else if (quoted) {
        at++;
      } else if (b == quote && quotes == Quotes.STRICT) {
        return BROKEN;
      } else if (b == delimiter) {
        if (fields + 1 == ends.length) {
          more();
        }
        ends[fields++] = at++;
        fieldStart = at;
      } else if (b == '\n' || b == '\r') {
        int end = lineEnd(at);
        return end < 0 ? end : record(fields, at, end);
      } else {
        at++;
      }
    }
    return !last ? MORE : quoted ? BROKEN : record(fields, limit, limit);
  }

  private boolean endsField(int b) {
    return b == delimiter || b == '\n' || b == '\r';
  }

  /** How many fields the present record has. */
  int count() {
    return count;
  }

  /** Where the present record begins. */
  int recordStart() {
    return recordStart;
  }

  /** Where the line after the present record begins. */
  int nextStart() {
    return next;
  }

  /** Where a field begins. */
  int start(int field) {
    return Objects.checkIndex(field, count) == 0 ? recordStart : ends[field - 1] + 1;
  }

  /** Where a field ends. */
  int end(int field) {
    return ends[Objects.checkIndex(field, count)];
  }
}
