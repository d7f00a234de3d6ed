package io.bactrian.csv;

/** What an escaped byte means: a control character, a mark taken literally, or nothing special. */
final class Escapes {
  private Escapes() {}

  /** Puts the meaning of {@code escape escaped} into a field; answers the field's new length. */
  static int put(byte escaped, int escape, int delimiter, int quote, byte[] field, int length) {
    int next = length;
    switch (escaped) {
      case 'n' -> field[next++] = '\n';
      case 'r' -> field[next++] = '\r';
      case 't' -> field[next++] = '\t';
      case 'b' -> field[next++] = '\b';
      case 'f' -> field[next++] = '\f';
      default -> {
        boolean mark = escaped == escape || escaped == delimiter || escaped == quote;
        boolean control = escaped >= '\b' && escaped <= '\r';
        if (!mark && !control) {
          field[next++] = (byte) escape;
        }
        field[next++] = escaped;
      }
    }
    return next;
  }
}
