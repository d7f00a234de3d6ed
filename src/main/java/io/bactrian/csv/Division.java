package io.bactrian.csv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A planned file and the ranges it was divided into.
 *
 * @param plan of the file
 * @param ranges in order of their records, without overlaps
 */
public record Division(Plan plan, List<Range> ranges) {
  private static final int WORDS = 5;

  public Division {
    ranges = List.copyOf(ranges);
  }

  /**
   * The range of some records with their CRC: one of the division's, or one made now.
   *
   * @throws CsvException if one must be made and the file is no longer the planned one
   */
  public Range range(long start, long end) {
    int found = indexOf(start);
    if (found >= 0 && ranges.get(found).end() == end) {
      return ranges.get(found);
    }
    return plan.range(start, end);
  }

  private int indexOf(long start) {
    var wanted = new Range(start, start, 0, 0);
    return Collections.binarySearch(ranges, wanted, Comparator.comparingLong(Range::start));
  }

  /** The ranges as bytes: start, end, both offsets and CRC in 8 each, big endian. */
  public byte[] encodeRanges() {
    ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES * ranges.size());
    for (Range range : ranges) {
      bytes.putLong(range.start()).putLong(range.end());
      bytes.putLong(range.startOffset()).putLong(range.endOffset()).putLong(range.crc());
    }
    return bytes.array();
  }

  /** The division of a plan whose ranges {@link #encodeRanges} wrote. */
  public static Division decode(Plan plan, byte[] encodedRanges) {
    ByteBuffer bytes = ByteBuffer.wrap(encodedRanges);
    var ranges = new ArrayList<Range>();
    while (bytes.hasRemaining()) {
      ranges.add(
          new Range(
              bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
    return new Division(plan, ranges);
  }
}
