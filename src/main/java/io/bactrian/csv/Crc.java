package io.bactrian.csv;

import java.util.zip.CRC32;

/**
 * CRC-32 of bytes that stand one after the other, from the CRCs of the parts.
 *
 * <p>Polynomials modulo the CRC's, bit reversed, as in Mark Adler's {@code crc32_combine} of zlib.
 */
final class Crc {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int ONE = 1 << 31;
  private static final int[] POWERS = powers();

  private Crc() {}

  static long of(byte[] bytes, int from, int length) {
    var crc = new CRC32();
    crc.update(bytes, from, length);
    return crc.getValue();
  }

  /** The CRC of a first part followed by a second one of {@code length} bytes. */
  static long combine(long first, long second, long length) {
    return (multiply(shift(length), (int) first) ^ (int) second) & 0xffff_ffffL;
  }

  /** x to the power of 8 × length. */
  private static int shift(long length) {
    int product = ONE;
    int power = 3;
    for (long rest = length; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        product = multiply(POWERS[power & 31], product);
      }
      power++;
    }
    return product;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int factor = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) != 0 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
    }
    return product;
  }

  /** x to the powers 1, 2, 4, 8 …; the 32nd is the first again. */
  private static int[] powers() {
    int[] powers = new int[32];
    powers[0] = 1 << 30;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = multiply(powers[i - 1], powers[i - 1]);
    }
    return powers;
  }
}
