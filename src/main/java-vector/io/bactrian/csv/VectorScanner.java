package io.bactrian.csv;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A block scanner that searches with vectors. Not thread safe. */
final class VectorScanner extends BlockScanner {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private final byte quote;

  VectorScanner(Dialect dialect) {
    super(dialect);
    this.quote = (byte) dialect.quote().orElse('\n');
  }

  @Override
  int quoteOrLineEnd(byte[] b, int from, int end) {
    for (int at = from; at < end; at += WIDTH) {
      ByteVector bytes = ByteVector.fromArray(SPECIES, b, at);
      long marks =
          bytes
              .compare(VectorOperators.EQ, quote)
              .or(bytes.compare(VectorOperators.EQ, (byte) '\n'))
              .or(bytes.compare(VectorOperators.EQ, (byte) '\r'))
              .toLong();
      if (marks != 0) {
        return at + Long.numberOfTrailingZeros(marks);
      }
    }
    return end;
  }

  @Override
  int quote(byte[] b, int from, int end) {
    for (int at = from; at < end; at += WIDTH) {
      long marks = ByteVector.fromArray(SPECIES, b, at).compare(VectorOperators.EQ, quote).toLong();
      if (marks != 0) {
        return at + Long.numberOfTrailingZeros(marks);
      }
    }
    return end;
  }
}
