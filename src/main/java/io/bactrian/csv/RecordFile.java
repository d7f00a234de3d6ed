package io.bactrian.csv;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A file made of records of another: its header line, then each record byte for byte. A record
 * without a line end, such as the last of a file, gets one if another follows. Holds one record.
 * Not thread safe.
 */
public final class RecordFile extends InputStream {
  private static final byte[] LF = {'\n'};

  private final Iterator<byte[]> records;
  private final byte[] lineEnd;
  private byte[] piece;
  private int at;
  private byte[] next;

  /**
   * @param dialect of the file that the records come from
   * @param header the names of its columns
   * @param records each as it stands there, its line end included
   */
  public RecordFile(Dialect dialect, List<String> header, Iterator<byte[]> records) {
    this.records = records;
    this.next = records.hasNext() ? records.next() : new byte[0];
    byte[] found = lineEnd(next);
    this.lineEnd = found.length == 0 ? LF : found;
    this.piece = HeaderLine.of(dialect, header, lineEnd);
  }

  @Override
  public int read() {
    return fill() ? piece[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    if (length == 0) {
      return 0;
    }
    int done = 0;
    while (done < length && fill()) {
      int part = Math.min(length - done, piece.length - at);
      System.arraycopy(piece, at, into, from + done, part);
      at += part;
      done += part;
    }
    return done == 0 ? -1 : done;
  }

  /** Whether a byte is there. */
  private boolean fill() {
    while (at == piece.length) {
      if (next.length == 0) {
        return false;
      }
      byte[] last = next;
      next = records.hasNext() ? records.next() : new byte[0];
      piece = next.length == 0 ? last : ended(last);
      at = 0;
    }
    return true;
  }

  /** A record that another follows; its CR and the LF of a blank line would be one line end. */
  private byte[] ended(byte[] record) {
    if (lineEnd(record).length == 0) {
      return joined(record, lineEnd);
    }
    return record[record.length - 1] == '\r' && next[0] == '\n' ? joined(record, LF) : record;
  }

  private static byte[] joined(byte[] record, byte[] end) {
    byte[] whole = Arrays.copyOf(record, record.length + end.length);
    System.arraycopy(end, 0, whole, record.length, end.length);
    return whole;
  }

  /** LF, CRLF or CR at a record's end; empty where there is none. */
  private static byte[] lineEnd(byte[] record) {
    int length = record.length;
    if (length == 0 || (record[length - 1] != '\n' && record[length - 1] != '\r')) {
      return new byte[0];
    }
    boolean both = length > 1 && record[length - 1] == '\n' && record[length - 2] == '\r';
    return Arrays.copyOfRange(record, length - (both ? 2 : 1), length);
  }
}
