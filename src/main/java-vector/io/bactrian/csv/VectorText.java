package io.bactrian.csv;

import java.nio.charset.Charset;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A text check with vectors: in a vector's bytes, those that must go on with a character are those
 * behind a lead, and are compared with those that do, as the bits of two longs. Thread safe.
 */
final class VectorText extends TextCheck {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final long ALL = -1L >>> (Long.SIZE - WIDTH);

  VectorText(Charset charset) {
    super(charset);
  }

  @Override
  int simpleEnd(byte[] bytes, int from, int to) {
    return kind == Kind.UTF_8 ? pairsEnd(bytes, from, to) : asciiEnd(bytes, from, to);
  }

  private static int asciiEnd(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += WIDTH) {
      long high =
          ByteVector.fromArray(SPECIES, bytes, at).compare(VectorOperators.LT, (byte) 0).toLong();
      if (high != 0) {
        return Math.min(to, at + Long.numberOfTrailingZeros(high));
      }
    }
    return to;
  }

  private static int pairsEnd(byte[] bytes, int from, int to) {
    long cut = 0;
    for (int at = from; at < to; at += WIDTH) {
      ByteVector vector = ByteVector.fromArray(SPECIES, bytes, at);
      long high = vector.compare(VectorOperators.LT, (byte) 0).toLong();
      long continuations = vector.compare(VectorOperators.LE, LAST_CONTINUATION).toLong();
      long leads =
          vector
              .compare(VectorOperators.GE, FIRST_LEAD)
              .and(vector.compare(VectorOperators.LE, LAST_LEAD))
              .toLong();
      long wanted = (leads << 1 | cut) & ALL;
      long odd = (wanted ^ continuations) | (high ^ (leads | continuations));
      if (odd != 0) {
        return characterStart(bytes, from, Math.min(to, at + Long.numberOfTrailingZeros(odd)));
      }
      cut = leads >>> (WIDTH - 1);
    }
    return characterStart(bytes, from, to);
  }

  /** Where a character begins that ends at or behind a place before which all are sound. */
  private static int characterStart(byte[] bytes, int from, int at) {
    return at > from && isLead(bytes[at - 1]) ? at - 1 : at;
  }
}
