package io.bactrian.template;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many records all workers of a step may set aside in one task. */
public sealed interface MaxRejects {
  /**
   * The limit, of so many records.
   *
   * @param records how many the workers have to do
   */
  long of(long records);

  /** A number, whatever there is to do. */
  record Count(long most) implements MaxRejects {
    @Override
    public long of(long records) {
      return most;
    }
  }

  /** So many of a hundred records, rounded down. */
  record Share(BigDecimal percent) implements MaxRejects {
    @Override
    public long of(long records) {
      return percent
          .multiply(BigDecimal.valueOf(records))
          .movePointLeft(2)
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    }
  }
}
