package io.bactrian.csv;

/**
 * A half open range of records and the bytes they lie in.
 *
 * @param start ordinal of the first record, from 1 (0 = the header, for readers only)
 * @param end ordinal after the last record
 * @param startOffset byte offset of the first record
 * @param endOffset byte offset after the last record
 * @param crc CRC-32 of these bytes; {@link #UNCHECKED} where nobody planned them
 */
public record Range(long start, long end, long startOffset, long endOffset, long crc) {
  /** No CRC is known. */
  public static final long UNCHECKED = -1;

  public Range {
    if (start < 0 || end < start || startOffset < 0 || endOffset < startOffset) {
      throw new IllegalArgumentException(
          "records [%d, %d), bytes [%d, %d); allowed: neither negative nor backwards"
              .formatted(start, end, startOffset, endOffset));
    }
  }

  /** A range whose bytes nobody planned. */
  public Range(long start, long end, long startOffset, long endOffset) {
    this(start, end, startOffset, endOffset, UNCHECKED);
  }

  public long size() {
    return end - start;
  }
}
