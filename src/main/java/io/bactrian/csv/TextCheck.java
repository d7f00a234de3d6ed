package io.bactrian.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds bytes that are no text in a charset, as Java's own decoders do when they report instead of
 * replacing. ASCII is passed sixteen bytes at a time, or more where {@link Vectors} can be had.
 * Thread safe.
 */
class TextCheck {
  private static final String UNDEFINED_1252 = "\u0081\u008d\u008f\u0090\u009d";

  /**
   * Bytes that begin a character of two in UTF-8, and the last that goes on with one, as Java's.
   */
  static final byte FIRST_LEAD = (byte) 0xc2;

  static final byte LAST_LEAD = (byte) 0xdf;
  static final byte LAST_CONTINUATION = (byte) 0xbf;
  private static final int STRIDE = 2 * Long.BYTES;

  /** Bytes of a call of the inner loop: a loop that is called often is soon compiled. */
  private static final int PIECE = 512;

  final Kind kind;

  enum Kind {
    ANY,
    ASCII,
    WINDOWS_1252,
    UTF_8
  }

  TextCheck(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      kind = Kind.UTF_8;
    } else if (charset.equals(StandardCharsets.US_ASCII)) {
      kind = Kind.ASCII;
    } else {
      kind = charset.equals(StandardCharsets.ISO_8859_1) ? Kind.ANY : Kind.WINDOWS_1252;
    }
  }

  /** The fastest that this Java has. */
  static TextCheck of(Charset charset) {
    return Vectors.available() ? Vectors.textCheck(charset) : new TextCheck(charset);
  }

  /**
   * Checks the bytes [from, to).
   *
   * @param bytes with {@link Words#PADDING} more than {@code to}
   * @param last whether no byte follows; else a character cut by the end is not looked at
   * @return where the check has come to: {@code to}, or the first byte of a cut character, or, as
   *     {@code -1 - index}, the first malformed byte
   */
  int check(byte[] bytes, int from, int to, boolean last) {
    int at = kind == Kind.ANY ? to : from;
    while (at < to) {
      int stop = Math.min(to, at + PIECE);
      at = simpleEnd(bytes, at, stop);
      if (at < stop) {
        int length = characterLength(bytes, at, to);
        if (length <= 0) {
          return length == 0 && !last ? at : -1 - at;
        }
        at += length;
      }
    }
    return to;
  }

  /**
   * Passes ASCII and, in UTF-8, characters of two bytes.
   *
   * @return where another character begins or one is cut; {@code to} or more when there is none
   */
  int simpleEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      long first = Words.get(bytes, at) & Words.HIGH;
      long second = Words.get(bytes, at + Long.BYTES) & Words.HIGH;
      if ((first | second) == 0) {
        at += STRIDE;
      } else {
        at += first != 0 ? Words.first(first) : Long.BYTES + Words.first(second);
        if (kind != Kind.UTF_8 || at + 1 >= to || !isLead(bytes[at]) || !goesOn(bytes[at + 1])) {
          return at;
        }
        at += 2;
      }
    }
    return at;
  }

  /** Whether a byte begins a character of two. */
  static boolean isLead(byte b) {
    return b >= FIRST_LEAD && b <= LAST_LEAD;
  }

  private static boolean goesOn(byte b) {
    return b <= LAST_CONTINUATION;
  }

  /** Bytes of the character that begins here; 0 when it is cut, negative when it is malformed. */
  private int characterLength(byte[] bytes, int at, int to) {
    return switch (kind) {
      case ANY -> 1;
      case ASCII -> -1;
      case WINDOWS_1252 -> UNDEFINED_1252.indexOf(bytes[at] & 0xff) < 0 ? 1 : -1;
      case UTF_8 -> utf8Length(bytes, at, to);
    };
  }

  /** Well formed UTF-8 as table 3-7 of the Unicode standard has it. */
  private static int utf8Length(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    int length = lead < 0xc2 || lead > 0xf4 ? -1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (int i = 1; i < length; i++) {
      if (at + i >= to) {
        return 0;
      }
      int b = bytes[at + i] & 0xff;
      int least = i > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
      int most = i > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
      if (b < least || b > most) {
        return -1;
      }
    }
    return length;
  }
}
