package io.bactrian.csv;

/** Takes the quotes and escapes off a field. Not thread safe. */
final class FieldBytes {
  private static final int NONE = Integer.MIN_VALUE;

  private final int delimiter;
  private final int quote;
  private final int escape;

  FieldBytes(Dialect dialect) {
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote().orElse(NONE);
    this.escape = dialect.escape().orElse(NONE);
  }

  /** Whether a field of digits and points alone is its own content. */
  boolean leavesShortNumbers() {
    return !isOfNumbers(quote) && !isOfNumbers(escape);
  }

  private static boolean isOfNumbers(int mark) {
    return mark == '.' || (mark >= '0' && mark <= '9');
  }

  /** The content of the field that stands in the bytes [from, to). */
  void content(byte[] bytes, int from, int to, ByteSlice into) {
    boolean quoted = from < to && bytes[from] == quote;
    if (!quoted && escape == NONE) {
      into.set(bytes, from, to - from);
    } else if (quoted && escape == NONE && isPlain(bytes, from + 1, to - 1)) {
      into.set(bytes, from + 1, to - from - 2);
    } else {
      decode(bytes, from, to, quoted, into);
    }
  }

  /** Whether a quoted field's inner bytes have no quote and a closing one follows them. */
  private boolean isPlain(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == quote) {
        return false;
      }
    }
    return to >= from && bytes[to] == quote;
  }

  private void decode(byte[] bytes, int from, int to, boolean quoted, ByteSlice into) {
    byte[] scratch = into.scratch(to - from + Words.PADDING);
    int length = 0;
    boolean open = quoted;
    int at = quoted ? from + 1 : from;
    while (at < to) {
      byte b = bytes[at++];
      if (b == escape && at < to) {
        length = Escapes.put(bytes[at++], escape, delimiter, quote, scratch, length);
      } else if (open && b == quote) {
        if (at < to && bytes[at] == quote) {
          scratch[length++] = b;
          at++;
        } else {
          open = false;
        }
      } else {
        scratch[length++] = b;
      }
    }
    into.set(scratch, 0, length);
  }
}
