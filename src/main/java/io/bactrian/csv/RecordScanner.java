package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Walks the records of a file byte by byte and tells where each begins and ends. Makes no text and,
 * per record, no object.
 *
 * <p>A quote opens a quoted field at the start of a field only; after the closing quote comes a
 * delimiter, a line end or the end of the file. Line ends are LF, CRLF and CR, also mixed.
 */
final class RecordScanner {
  /** Who wants some records only shall not pay for a block of many. */
  private static final int FIRST_BLOCK = 8 << 10;

  private static final int GROWTH = 8;
  private static final int BLOCK = 256 << 10;
  private static final int NONE = -1;
  private static final int LF = '\n';
  private static final int CR = '\r';

  private final Path file;
  private final FileChannel channel;
  private byte[] block = {};
  private final boolean[] plainUnquoted = new boolean[256];
  private final boolean[] plainQuoted = new boolean[256];
  private final int delimiter;
  private final int quote;
  private final int escape;
  private final int comment;
  private final boolean keepBlankLines;
  private final Quotes quotes;
  private final int maxRecordBytes;

  private long blockStart;
  private int at;
  private int limit;
  private long ordinal;
  private long start;
  private int fields;
  private boolean inRecord;
  private long opened = NONE;

  /**
   * @param ordinal ordinal of the first record found
   * @param from byte offset to begin at, the start of a line
   */
  RecordScanner(Path file, FileChannel channel, Dialect dialect, long ordinal, long from) {
    this.file = file;
    this.channel = channel;
    this.ordinal = ordinal - 1;
    this.blockStart = from;
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote().orElse(NONE);
    this.escape = dialect.escape().orElse(NONE);
    this.comment = dialect.comment().orElse(NONE);
    this.keepBlankLines = dialect.keepBlankLines();
    this.quotes = dialect.quotes();
    this.maxRecordBytes = dialect.maxRecordBytes();
    boolean strict = quotes == Quotes.STRICT;
    for (int b = 0; b < plainQuoted.length; b++) {
      plainUnquoted[b] =
          b != delimiter && b != LF && b != CR && b != escape && !(strict && b == quote);
      plainQuoted[b] = b != quote && b != escape;
    }
  }

  /** Moves to the next record; false at the end of the file. */
  boolean next() throws IOException {
    if (!skipToRecord()) {
      return false;
    }
    ordinal++;
    fields = 1;
    inRecord = true;
    while (field()) {
      fields++;
    }
    inRecord = false;
    checkLength();
    return true;
  }

  /** Ordinal of the present record. */
  long ordinal() {
    return ordinal;
  }

  /** Byte offset of the present record. */
  long start() {
    return start;
  }

  /** Byte offset after the present record and its line end. */
  long end() {
    return blockStart + at;
  }

  int fields() {
    return fields;
  }

  private boolean skipToRecord() throws IOException {
    while (true) {
      start = end();
      int b = peek();
      if (b == NONE) {
        return false;
      }
      if (b == comment) {
        skipLine();
      } else if ((b == LF || b == CR) && !keepBlankLines) {
        lineEnd();
      } else {
        return true;
      }
    }
  }

  private void skipLine() throws IOException {
    for (int b = peek(); b != NONE; b = peek()) {
      if (b == LF || b == CR) {
        lineEnd();
        return;
      }
      at++;
    }
  }

  /**
   * Passes one field and what ends it; true when a delimiter did, so that another field follows.
   */
  private boolean field() throws IOException {
    if (peek() == quote && quote != NONE) {
      quotedField();
    } else {
      unquotedField();
    }
    int b = peek();
    if (b == delimiter) {
      at++;
      return true;
    }
    if (b != NONE) {
      lineEnd();
    }
    return false;
  }

  private void unquotedField() throws IOException {
    while (true) {
      while (at < limit && plainUnquoted[block[at] & 0xff]) {
        at++;
      }
      if (at < limit || fill()) {
        if (plainUnquoted[block[at] & 0xff]) {
          continue;
        }
        int b = block[at] & 0xff;
        if (b == quote) {
          throw strayQuote();
        }
        if (b != escape) {
          return;
        }
        passEscaped();
      } else {
        return;
      }
    }
  }

  private void quotedField() throws IOException {
    opened = end();
    at++;
    while (true) {
      while (at < limit && plainQuoted[block[at] & 0xff]) {
        at++;
      }
      int b = peek();
      if (b == NONE) {
        checkLength();
        throw CsvException.at(
            file,
            ordinal,
            start,
            "column %d: the quote opened at byte %d is never closed; allowed: a closing quote before the end of the file"
                .formatted(fields, opened));
      }
      if (b == escape) {
        passEscaped();
      } else if (b == quote) {
        at++;
        if (peek() != quote) {
          opened = NONE;
          afterQuote();
          return;
        }
        at++;
      }
    }
  }

  private void afterQuote() throws IOException {
    int b = peek();
    if (b == NONE || b == delimiter || b == LF || b == CR) {
      return;
    }
    if (quotes == Quotes.LENIENT) {
      unquotedField();
      return;
    }
    throw CsvException.at(
        file,
        ordinal,
        start,
        "byte %d after a closing quote is 0x%02x; allowed: a delimiter, a line end, or two quotes for one"
            .formatted(end(), b));
  }

  private CsvException strayQuote() {
    return CsvException.at(
        file,
        ordinal,
        start,
        "byte %d is a quote inside a field that began without one; allowed: quotes around the whole field, two for one in it (or quotes: standard)"
            .formatted(end()));
  }

  private void checkLength() {
    if (end() - start <= maxRecordBytes) {
      return;
    }
    throw CsvException.at(
        file,
        ordinal,
        start,
        opened == NONE
            ? "the record is longer than max_record_bytes; allowed: %d".formatted(maxRecordBytes)
            : "the quote opened at byte %d is not closed within max_record_bytes; allowed: %d"
                .formatted(opened, maxRecordBytes));
  }

  private void passEscaped() throws IOException {
    at++;
    if (peek() == NONE) {
      throw CsvException.at(
          file, ordinal, start, "the file ends after an escape; allowed: the escaped character");
    }
    at++;
  }

  private void lineEnd() throws IOException {
    boolean carriageReturn = block[at] == CR;
    at++;
    if (carriageReturn && peek() == LF) {
      at++;
    }
  }

  private int peek() throws IOException {
    return at < limit || fill() ? block[at] & 0xff : NONE;
  }

  private boolean fill() throws IOException {
    blockStart += limit;
    at = 0;
    limit = 0;
    if (inRecord) {
      checkLength();
    }
    if (block.length < BLOCK) {
      long left = Math.max(1, channel.size() - blockStart);
      int larger = Math.max(FIRST_BLOCK, block.length * GROWTH);
      block = new byte[(int) Math.min(Math.min(larger, BLOCK), left)];
    }
    int read = channel.read(ByteBuffer.wrap(block), blockStart);
    limit = Math.max(read, 0);
    return limit > 0;
  }
}
