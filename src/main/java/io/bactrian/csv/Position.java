package io.bactrian.csv;

/**
 * How far a range is read.
 *
 * @param ordinal the record that comes next
 * @param offset byte offset of the bytes that come next
 * @param crc CRC-32 of the range's bytes before
 */
public record Position(long ordinal, long offset, long crc) {
  public Position {
    if (ordinal < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "record %d at byte %d; allowed: not negative".formatted(ordinal, offset));
    }
  }

  /** The start of a range. */
  public static Position startOf(Range range) {
    return new Position(range.start(), range.startOffset(), 0);
  }
}
