package io.bactrian.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some whole records of a file and their bytes; begins and ends on record boundaries.
 *
 * <p>Immutable in effect: do not write into {@link #bytes}.
 */
public final class Chunk {
  private final Path file;
  private final Dialect dialect;
  private final byte[] bytes;
  private final long firstOrdinal;
  private final int[] starts;
  private final int[] ends;
  private final long startOffset;

  Chunk(Source source, byte[] bytes, long firstOrdinal, int[] starts, int[] ends) {
    this.file = source.file();
    this.dialect = source.dialect();
    this.startOffset = source.startOffset();
    this.bytes = bytes;
    this.firstOrdinal = firstOrdinal;
    this.starts = starts;
    this.ends = ends;
  }

  /** Where a chunk comes from. */
  record Source(Path file, Dialect dialect, long startOffset) {}

  public Path file() {
    return file;
  }

  public Dialect dialect() {
    return dialect;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Ordinal of the first record. */
  public long firstOrdinal() {
    return firstOrdinal;
  }

  public int recordCount() {
    return starts.length;
  }

  /** Byte offset in the file of the first byte. */
  public long startOffset() {
    return startOffset;
  }

  /** Byte offset in the file after the last byte. */
  public long endOffset() {
    return startOffset + bytes.length;
  }

  /** Byte offset in the file of a record. */
  public long offsetOf(int recordIndex) {
    return startOffset + starts[recordIndex];
  }

  /**
   * Checks that the bytes are text in the dialect's charset.
   *
   * @throws CsvException naming the first record that is not
   */
  public void checkText() {
    if (!RecordDecoder.isText(bytes, dialect.charset())) {
      records();
    }
  }

  /** The records as text; malformed bytes are an error with their place. */
  public List<CsvRecord> records() {
    var decoder = new RecordDecoder(file, dialect);
    var records = new ArrayList<CsvRecord>(starts.length);
    for (int i = 0; i < starts.length; i++) {
      long ordinal = firstOrdinal + i;
      records.add(
          new CsvRecord(
              ordinal,
              offsetOf(i),
              decoder.decode(bytes, starts[i], ends[i], ordinal, offsetOf(i))));
    }
    return records;
  }
}
