package io.bactrian.csv;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal number, {@code unscaled × 10^-scale}, without an object per number as long as it
 * has at most 18 digits. Filled by {@link RecordView#decimal}. Not thread safe.
 */
public final class Scaled {
  private long unscaled;
  private int scale;
  private @Nullable BigDecimal big;

  void set(long digits, int decimals) {
    unscaled = digits;
    scale = decimals;
    big = null;
  }

  void set(BigDecimal number) {
    big = number;
  }

  /** Takes over another number. */
  public void set(Scaled other) {
    unscaled = other.unscaled;
    scale = other.scale;
    big = other.big;
  }

  /** Whether the number's value is greater than another's. */
  public boolean isGreaterThan(Scaled other) {
    if (isBig() || other.isBig() || scale != other.scale) {
      return toBigDecimal().compareTo(other.toBigDecimal()) > 0;
    }
    return unscaled > other.unscaled;
  }

  /** Whether the number has too many digits for a {@code long}: only {@link #toBigDecimal} is. */
  public boolean isBig() {
    return big != null;
  }

  /** The digits without the point; nothing to rely on when {@link #isBig}. */
  public long unscaled() {
    return unscaled;
  }

  /** How many of the digits stand after the point; nothing to rely on when {@link #isBig}. */
  public int scale() {
    return scale;
  }

  public BigDecimal toBigDecimal() {
    return big == null ? BigDecimal.valueOf(unscaled, scale) : big;
  }
}
