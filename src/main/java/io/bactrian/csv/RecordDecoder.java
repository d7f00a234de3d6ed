package io.bactrian.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the bytes of a record into its fields. Not thread safe. */
final class RecordDecoder {
  private static final int NONE = -1;

  private final Path file;
  private final Dialect dialect;
  private final CharsetDecoder decoder;
  private final int delimiter;
  private final int quote;
  private final int escape;

  RecordDecoder(Path file, Dialect dialect) {
    this.file = file;
    this.dialect = dialect;
    this.decoder =
        dialect
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote().orElse(NONE);
    this.escape = dialect.escape().orElse(NONE);
  }

  /**
   * The fields of one record.
   *
   * @param bytes where the record lies
   * @param from its first byte in them
   * @param to after its last byte, its line end included
   * @param ordinal its ordinal, for errors
   * @param offset byte offset of {@code from} in the file, for errors
   * @throws CsvException if the record is no text in the charset
   */
  List<String> decode(byte[] bytes, int from, int to, long ordinal, long offset) {
    try {
      return fields(bytes, from, to);
    } catch (CharacterCodingException e) {
      byte[] found = Arrays.copyOfRange(bytes, from, to);
      throw MalformedText.in(file, dialect, ordinal, offset, found);
    }
  }

  private List<String> fields(byte[] bytes, int from, int to) throws CharacterCodingException {
    var fields = new ArrayList<String>();
    byte[] field = new byte[to - from];
    int at = from;
    while (true) {
      int length = 0;
      boolean quoted = at < to && bytes[at] == quote && quote != NONE;
      if (quoted) {
        at++;
      }
      boolean open = quoted;
      while (at < to) {
        byte b = bytes[at];
        if (b == escape && escape != NONE && at + 1 < to) {
          length = Escapes.put(bytes[at + 1], escape, delimiter, quote, field, length);
          at += 2;
        } else if (open) {
          at++;
          if (b != quote) {
            field[length++] = b;
          } else if (at < to && bytes[at] == quote) {
            field[length++] = b;
            at++;
          } else {
            open = false;
            if (at < to && bytes[at] < 0) {
              // Bytes that a quote parts are no letter, though they would be one without it.
              decoder.decode(ByteBuffer.wrap(bytes, from, to - from));
            }
          }
        } else if (b == delimiter || b == '\n' || b == '\r') {
          break;
        } else {
          field[length++] = b;
          at++;
        }
      }
      fields.add(decoder.decode(ByteBuffer.wrap(field, 0, length)).toString());
      if (at >= to || bytes[at] != delimiter) {
        return fields;
      }
      at++;
    }
  }
}
