package io.bactrian.csv;

import java.math.BigDecimal;

/**
 * An exact sum of decimals: a {@code long} as long as that is enough, else a {@link BigDecimal}.
 * Its scale is the largest one added. Not thread safe.
 */
public final class ScaledSum {
  private static final int MOST_DECIMALS = 18;

  private static final long[] POWERS = powers();

  private long unscaled;
  private int scale;
  private BigDecimal rest = BigDecimal.ZERO;

  /** Adds a number. */
  public void add(Scaled number) {
    if (number.isBig()) {
      rest = rest.add(number.toBigDecimal());
    } else {
      add(number.unscaled(), number.scale());
    }
  }

  /** Adds a number times a whole number. */
  public void addProduct(Scaled number, Scaled times) {
    if (number.isBig() || times.isBig() || times.scale() != 0) {
      rest = rest.add(number.toBigDecimal().multiply(times.toBigDecimal()));
      return;
    }
    long product = number.unscaled() * times.unscaled();
    if (Math.multiplyHigh(number.unscaled(), times.unscaled()) == product >> 63) {
      add(product, number.scale());
    } else {
      rest = rest.add(number.toBigDecimal().multiply(times.toBigDecimal()));
    }
  }

  private void add(long digits, int decimals) {
    if (decimals == scale) {
      long sum = unscaled + digits;
      if (((unscaled ^ sum) & (digits ^ sum)) < 0) {
        setAside();
        unscaled = digits;
      } else {
        unscaled = sum;
      }
    } else if (decimals > MOST_DECIMALS || !fits(digits, scale - decimals)) {
      rest = rest.add(BigDecimal.valueOf(digits, decimals));
    } else if (decimals < scale) {
      add(digits * POWERS[scale - decimals], scale);
    } else {
      setAside();
      unscaled = digits;
      scale = decimals;
    }
  }

  private void setAside() {
    rest = rest.add(BigDecimal.valueOf(unscaled, scale));
  }

  private static boolean fits(long digits, int moreDecimals) {
    long most = Long.MAX_VALUE / POWERS[Math.max(0, moreDecimals)];
    return digits <= most && digits >= -most;
  }

  private static long[] powers() {
    long[] powers = new long[MOST_DECIMALS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /** The sum. */
  public BigDecimal toBigDecimal() {
    return rest.add(BigDecimal.valueOf(unscaled, scale));
  }
}
