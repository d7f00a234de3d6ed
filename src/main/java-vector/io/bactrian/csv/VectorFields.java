package io.bactrian.csv;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds fields with vectors: the delimiters, quotes and line ends of a vector's bytes are the bits
 * of a {@code long}, and are taken one by one. Not thread safe.
 */
final class VectorFields extends RecordFields {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private final byte delimiterByte;
  private final byte quoteByte;

  /** Where the bytes begin whose marks are known. */
  private int block;

  /** Those of them that are still to come. */
  private long marks;

  VectorFields(Dialect dialect, int fields) {
    super(dialect, fields);
    this.delimiterByte = dialect.delimiter();
    this.quoteByte = (byte) dialect.quote().orElse('\n');
  }

  @Override
  void bytes(byte[] given, int from, int end, boolean endOfChunk) {
    super.bytes(given, from, end, endOfChunk);
    block = from;
    marks = from < end ? marks(given, from) : 0;
  }

  @Override
  int fields(int start) {
    byte[] b = bytes;
    int[] found = ends;
    int fields = 0;
    int fieldStart = start;
    pass(start);
    int base = block;
    long ahead = marks;
    boolean quoted = false;
    while (true) {
      while (ahead == 0) {
        base += WIDTH;
        if (base >= limit) {
          return endOfBytes(fields, quoted);
        }
        ahead = marks(b, base);
      }
      int at = base + Long.numberOfTrailingZeros(ahead);
      ahead &= ahead - 1;
      if (at >= limit) {
        return endOfBytes(fields, quoted);
      }
      int c = b[at];
      if (quoted) {
        if (c != quote) {
          continue;
        }
        int after = at + 1 < limit ? b[at + 1] : last ? '\n' : quote;
        if (after == quote) {
          if (at + 1 >= limit) {
            return MORE;
          }
          block = base;
          marks = ahead;
          pass(at + 2);
          base = block;
          ahead = marks;
        } else if (after == delimiter
            || after == '\n'
            || after == '\r'
            || quotes == Quotes.LENIENT) {
          quoted = false;
        } else {
          return BROKEN;
        }
      } else if (c == delimiter) {
        if (fields + 1 == found.length) {
          found = more();
        }
        found[fields++] = at;
        fieldStart = at + 1;
      } else if (c == '\n' || c == '\r') {
        int end = lineEnd(at);
        block = base;
        marks = ahead;
        return end < 0 ? end : record(fields, at, end);
      } else if (at == fieldStart) {
        quoted = true;
      } else if (quotes == Quotes.STRICT) {
        return BROKEN;
      }
    }
  }

  private int endOfBytes(int fields, boolean quoted) {
    return quoted ? last ? BROKEN : MORE : endOfBytes(fields);
  }

  /** Forgets the marks before a place. */
  private void pass(int to) {
    if (to - block < WIDTH) {
      marks &= -1L << (to - block);
    } else {
      block = to;
      marks = to < limit ? marks(bytes, to) : 0;
    }
  }

  private long marks(byte[] b, int at) {
    ByteVector bytes = ByteVector.fromArray(SPECIES, b, at);
    return bytes
        .compare(VectorOperators.EQ, delimiterByte)
        .or(bytes.compare(VectorOperators.EQ, quoteByte))
        .or(bytes.compare(VectorOperators.EQ, (byte) '\n'))
        .or(bytes.compare(VectorOperators.EQ, (byte) '\r'))
        .toLong();
  }
}
