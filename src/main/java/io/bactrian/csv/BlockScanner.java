package io.bactrian.csv;

/**
 * Finds the records that begin in a piece of a file, eight bytes at a time, or more where {@link
 * Vectors} can be had. Makes no text and, per record, no object. Agrees with {@link RecordScanner},
 * which also says what is wrong where this one only says that something is. Not thread safe.
 */
class BlockScanner {
  /** The record at {@link #next} goes on after the bytes given. */
  static final int MORE = -1;

  /** The record at {@link #next} is not in the dialect. */
  static final int BROKEN = -2;

  private static final int DONE = 0;
  private static final int NONE = -1;
  private static final int NO_BYTE = Integer.MIN_VALUE;

  private final int delimiter;
  private final int quote;
  private final int escape;
  private final int comment;
  private final boolean keepBlankLines;
  private final Quotes quotes;
  private final int maxRecordBytes;

  /** Whether the delimiter is a control character like line ends: then there are many others. */
  private final boolean controls;

  private final long quotesNeedle;
  private final long lineFeeds = Words.needle('\n');
  private final long carriageReturns = Words.needle('\r');

  private byte[] bytes = new byte[0];
  private int limit;
  private boolean last;
  private int count;
  private int first;
  private int next;
  private int recordsEnd;
  private int longest;
  private int strayQuotes;

  BlockScanner(Dialect dialect) {
    this.delimiter = dialect.delimiter();
    this.controls = delimiter < ' ';
    this.quote = dialect.quote().orElse(NO_BYTE);
    this.escape = dialect.escape().orElse(NO_BYTE);
    this.comment = dialect.comment().orElse(NO_BYTE);
    this.keepBlankLines = dialect.keepBlankLines();
    this.quotes = dialect.quotes();
    this.maxRecordBytes = dialect.maxRecordBytes();
    this.quotesNeedle = Words.needle(dialect.quote().orElse('\n'));
  }

  /** The fastest that this Java has. */
  static BlockScanner of(Dialect dialect) {
    return Vectors.available() ? Vectors.blockScanner(dialect) : new BlockScanner(dialect);
  }

  /**
   * Begins anew at the start of a line.
   *
   * @param from where in the bytes
   */
  void begin(int from) {
    count = 0;
    first = NONE;
    next = from;
    recordsEnd = NONE;
    longest = 0;
    strayQuotes = 0;
  }

  /**
   * Gives bytes; those before {@link #next} are not looked at again.
   *
   * @param given with {@link Words#PADDING} bytes more than {@code end}; the first of these becomes
   *     a line feed, at which every search for one ends
   * @param end after the last byte of the file's
   * @param endOfFile whether the file ends there
   */
  void bytes(byte[] given, int end, boolean endOfFile) {
    given[end] = '\n';
    bytes = given;
    limit = end;
    last = endOfFile;
  }

  /**
   * Passes the records that begin before a boundary.
   *
   * @param most how many records at most
   * @return 0, {@link #MORE} or {@link #BROKEN}
   */
  int scan(int boundary, int most) {
    int stop = Math.min(boundary, limit);
    int at = next;
    int found = count;
    while (at < stop && found < most) {
      int b = bytes[at];
      if (b == comment || ((b == '\n' || b == '\r') && !keepBlankLines)) {
        int end = b == comment ? commentEnd(at) : lineEnd(at);
        if (end < 0) {
          return leave(at, found, end);
        }
        at = end;
        continue;
      }
      int end = escape == NO_BYTE ? recordEnd(at) : escapedRecordEnd(at);
      if (end < 0) {
        return leave(at, found, end);
      }
      if (found++ == 0) {
        first = at;
      }
      if (end - at > longest) {
        longest = end - at;
      }
      at = end;
      recordsEnd = end;
    }
    leave(at, found, DONE);
    if (longest > maxRecordBytes) {
      return BROKEN;
    }
    return at < boundary && found < most && !last ? MORE : DONE;
  }

  private int leave(int at, int found, int answer) {
    next = at;
    count = found;
    return answer;
  }

  /** After the line end of a record that begins here. */
  private int recordEnd(int start) {
    byte[] b = bytes;
    int at = start;
    while (true) {
      at = quoteOrLineEnd(b, at, limit);
      if (at >= limit) {
        return last ? limit : MORE;
      }
      if (b[at] == '\n') {
        return at + 1;
      }
      if (b[at] == '\r') {
        return lineEnd(at);
      }
      if (b[at] != quote) {
        at++; // another control character
      } else if (at == start || b[at - 1] == delimiter) {
        at = quotedEnd(at + 1);
        if (at < 0) {
          return at;
        }
      } else {
        strayQuotes++;
        if (quotes == Quotes.STRICT) {
          return BROKEN;
        }
        at++;
      }
      if (at >= limit) {
        return last ? limit : MORE;
      }
    }
  }

  /** After the closing quote of a field that begins here, its opening quote passed. */
  private int quotedEnd(int from) {
    byte[] b = bytes;
    int at = from;
    while (true) {
      at = at >= limit ? at : quote(b, at, limit);
      if (at >= limit) {
        return last ? BROKEN : MORE;
      }
      at++;
      if (at >= limit) {
        return last ? limit : MORE;
      }
      int after = b[at];
      if (after == delimiter || after == '\n' || after == '\r') {
        return at;
      }
      if (after != quote) {
        strayQuotes++;
        return quotes == Quotes.LENIENT ? at : BROKEN;
      }
      at++;
    }
  }

  /**
   * The first quote or line end from here on, or, if none is before, another control character;
   * {@code end} or more when none stands before it.
   */
  int quoteOrLineEnd(byte[] b, int from, int end) {
    return controls ? quoteOrExactLineEnd(b, from) : quoteOrControl(b, from);
  }

  private int quoteOrControl(byte[] b, int from) {
    int at = from;
    long mask = Words.maskOrControl(Words.get(b, at), quotesNeedle);
    while (mask == 0) {
      at += Long.BYTES;
      mask = Words.maskOrControl(Words.get(b, at), quotesNeedle);
    }
    return at + Words.first(mask);
  }

  private int quoteOrExactLineEnd(byte[] b, int from) {
    int at = from;
    long mask = Words.mask(Words.get(b, at), quotesNeedle, lineFeeds, carriageReturns);
    while (mask == 0) {
      at += Long.BYTES;
      mask = Words.mask(Words.get(b, at), quotesNeedle, lineFeeds, carriageReturns);
    }
    return at + Words.first(mask);
  }

  /** The first quote from here on; {@code end} or more when none stands before it. */
  int quote(byte[] b, int from, int end) {
    int at = from;
    long mask = Words.mask(Words.get(b, at), quotesNeedle);
    while (mask == 0) {
      at += Long.BYTES;
      if (at >= end) {
        return end;
      }
      mask = Words.mask(Words.get(b, at), quotesNeedle);
    }
    return at + Words.first(mask);
  }

  /** Where the next line begins if {@code from} lies in a quoted field. */
  int lineAfterQuoted(int from) {
    int at = quote == NO_BYTE || escape != NO_BYTE ? BROKEN : quotedEnd(from);
    return at < 0 ? at : at < limit ? recordEnd(at) : last ? limit : MORE;
  }

  /** Where the first line begins after a line end at {@code from} or later. */
  int lineAfter(int from) {
    for (int at = from; at < limit; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r') {
        return lineEnd(at);
      }
    }
    return MORE;
  }

  private int lineEnd(int at) {
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
  private int escapedRecordEnd(int start) {
    int at = start;
    boolean fieldStart = true;
    boolean quoted = false;
    while (at < limit) {
      int b = bytes[at];
      if (b == escape) {
        if (at + 1 >= limit) {
          return last ? BROKEN : MORE;
        }
        at += 2;
        fieldStart = false;
      } else if (quoted) {
        at++;
        if (b == quote) {
          if (at >= limit && !last) {
            return MORE;
          }
          if (at < limit && bytes[at] == quote) {
            at++;
          } else {
            quoted = false;
            if (at < limit && !endsField(bytes[at])) {
              strayQuotes++;
              if (quotes != Quotes.LENIENT) {
                return BROKEN;
              }
            }
          }
        }
      } else if (b == quote) {
        if (!fieldStart) {
          strayQuotes++;
          if (quotes == Quotes.STRICT) {
            return BROKEN;
          }
        }
        quoted = fieldStart;
        fieldStart = false;
        at++;
      } else if (b == '\n' || b == '\r') {
        return lineEnd(at);
      } else {
        fieldStart = b == delimiter;
        at++;
      }
    }
    return last ? (quoted ? BROKEN : limit) : MORE;
  }

  private boolean endsField(int b) {
    return b == delimiter || b == '\n' || b == '\r';
  }

  /** Records passed since {@link #begin}. */
  int count() {
    return count;
  }

  /** Where the first of them begins; -1 when there is none. */
  int first() {
    return first;
  }

  /** Where the next line begins. */
  int next() {
    return next;
  }

  /** After the last of them; -1 when there is none. */
  int recordsEnd() {
    return recordsEnd;
  }

  /** Bytes of the longest of them. */
  int longest() {
    return longest;
  }

  /** Quotes that stand where a well made file has none. */
  int strayQuotes() {
    return strayQuotes;
  }
}
