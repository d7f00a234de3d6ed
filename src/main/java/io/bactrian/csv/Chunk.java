package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some whole records of a file; begins and ends on record boundaries.
 *
 * <p>Its bytes are read when they are asked for, so a chunk must not be used after its {@link
 * RangeReader} was closed or has read the next one. Not thread safe.
 */
public final class Chunk {
  private static final int SKIPPED_AT_ONCE = 32 << 10;

  private final Source source;
  private final Position from;
  private final int recordCount;
  private final long endOffset;
  private final ChunkWindow window;
  private @Nullable ChunkBytes bytes;
  private @Nullable Chunk rest;

  /**
   * @param source where it comes from
   * @param from its first record
   * @param recordCount how many records it has
   * @param endOffset byte offset after its last byte
   */
  Chunk(Source source, Position from, int recordCount, long endOffset) {
    this.source = source;
    this.from = from;
    this.recordCount = recordCount;
    this.endOffset = endOffset;
    this.window = source.window();
    restart();
  }

  /** Where a chunk comes from, and what it is read with. */
  record Source(
      Path file,
      Dialect dialect,
      List<String> header,
      Range range,
      FileChannel channel,
      ChunkWindow window,
      RecordView view) {}

  public Path file() {
    return source.file();
  }

  public Dialect dialect() {
    return source.dialect();
  }

  /** Names of the columns; empty without a header or a plan. */
  public List<String> header() {
    return source.header();
  }

  /** Ordinal of the first record. */
  public long firstOrdinal() {
    return from.ordinal();
  }

  public int recordCount() {
    return recordCount;
  }

  /** Byte offset in the file of the first byte. */
  public long startOffset() {
    return from.offset();
  }

  /** Byte offset in the file after the last byte. */
  public long endOffset() {
    return endOffset;
  }

  /** The records as views, without text or objects: the fast way. */
  public RecordViews views() {
    return views(() -> {});
  }

  /**
   * The records as views.
   *
   * @param progress called for each record that is taken
   */
  public RecordViews views(Runnable progress) {
    return new RecordViews(this, source.view(), progress);
  }

  void restart() {
    window.begin(from.offset(), endOffset);
    source.view().begin(from.ordinal());
  }

  CsvException notThere(long ordinal) {
    return CsvException.inputChanged(file(), "record %d is not where it was".formatted(ordinal));
  }

  Source source() {
    return source;
  }

  Position from() {
    return from;
  }

  /** The last part of this chunk begins here; {@link #after} is for it to say. */
  Chunk rest(Position at) {
    int left = Math.toIntExact(firstOrdinal() + recordCount - at.ordinal());
    rest = new Chunk(source, at, left, endOffset);
    return rest;
  }

  /** All bytes; do not write into them. */
  public byte[] bytes() {
    return whole().bytes();
  }

  private ChunkBytes whole() {
    if (bytes == null) {
      bytes = ChunkBytes.read(this);
    }
    return bytes;
  }

  /** Byte offset in the file of a record, by its index in the chunk. */
  public long offsetOf(int recordIndex) {
    return whole().offsetOf(recordIndex);
  }

  /**
   * The error of a record that its handler cannot use, for handlers that get all records at once; a
   * view has its own.
   *
   * @param recordIndex which record of the chunk, from 0
   * @param problem what was found in it, and what is allowed
   */
  public BadRecord bad(int recordIndex, String problem) {
    if (recordIndex < 0 || recordIndex >= recordCount) {
      throw new IndexOutOfBoundsException(
          "record index %d in a chunk of %d records, the first being record %d of %s; allowed: 0 to %d, as in the list that the handler got"
              .formatted(recordIndex, recordCount, firstOrdinal(), file(), recordCount - 1));
    }
    RecordScanner scanner = passed(recordIndex + 1);
    return new BadRecord(file(), scanner.ordinal(), scanner.start(), problem);
  }

  /** Passes the first records, without the chunk's other bytes; stands at the last of them. */
  RecordScanner passed(int records) {
    FileChannel channel = source.channel();
    var skipper =
        new RecordSkipper(channel, dialect(), firstOrdinal(), startOffset(), SKIPPED_AT_ONCE);
    try {
      skipper.skipTo(firstOrdinal() + records - 1);
      var scanner =
          new RecordScanner(file(), channel, dialect(), skipper.ordinal(), skipper.offset());
      for (long left = firstOrdinal() + records - skipper.ordinal(); left > 0; left--) {
        if (!scanner.next()) {
          throw notThere(firstOrdinal() + records - left);
        }
      }
      return scanner;
    } catch (IOException e) {
      throw new CsvReadException(file(), e);
    }
  }

  /**
   * Checks that the bytes are text in the dialect's charset.
   *
   * @throws CsvException naming the first byte of a record that is not
   */
  public void checkText() {
    whole().checkText();
  }

  /**
   * The records as text.
   *
   * @throws CsvException naming the first byte of a record that is no text in the charset
   */
  public List<CsvRecord> records() {
    return whole().records();
  }

  /**
   * How far the range is read when this chunk is done.
   *
   * @throws CsvException if the range ends here and its bytes are not the planned ones
   */
  public Position after() {
    if (rest != null) {
      return rest.after();
    }
    long length = endOffset - from.offset();
    long crc = Crc.combine(from.crc(), crc(), length);
    Range range = source.range();
    long end = from.ordinal() + recordCount;
    if (end == range.end() && range.crc() != Range.UNCHECKED && crc != range.crc()) {
      throw CsvException.inputChanged(
          file(),
          "the CRC-32 of records [%d, %d), bytes [%d, %d), was %08x and is %08x"
              .formatted(
                  range.start(),
                  range.end(),
                  range.startOffset(),
                  range.endOffset(),
                  range.crc(),
                  crc));
    }
    return new Position(end, endOffset, crc);
  }

  /** The CRC of what the handler has seen; bytes it has not looked at are read now. */
  private long crc() {
    if (bytes != null) {
      return bytes.crc();
    }
    try {
      window.finish();
    } catch (IOException e) {
      throw new CsvReadException(file(), e);
    }
    return window.crc();
  }
}
