package io.bactrian.csv;

import java.nio.file.Path;
import java.util.Arrays;

/** Says of a record that is no text which byte is to blame, however the record was read. */
final class MalformedText {
  private MalformedText() {}

  /**
   * The error that names the first malformed byte and its column, from 1.
   *
   * @param ordinal the record's ordinal
   * @param offset byte offset of the record in the file
   * @param record its bytes as they stand in the file
   */
  static BadRecord in(Path file, Dialect dialect, long ordinal, long offset, byte[] record) {
    byte[] padded = Arrays.copyOf(record, record.length + Words.PADDING);
    int checked = TextCheck.of(dialect.charset()).check(padded, 0, record.length, true);
    int malformed = -1 - checked;
    return new BadRecord(
        file,
        ordinal,
        offset,
        "column %d: byte %d is not %s; allowed: text in the dialect's charset"
            .formatted(
                column(dialect, padded, record.length, malformed),
                offset + malformed,
                dialect.charset()));
  }

  private static int column(Dialect dialect, byte[] padded, int length, int at) {
    var fields = RecordFields.of(dialect, 16);
    fields.bytes(padded, 0, length, true);
    fields.next();
    int column = 0;
    while (fields.end(column) < at) {
      column++;
    }
    return column + 1;
  }
}
