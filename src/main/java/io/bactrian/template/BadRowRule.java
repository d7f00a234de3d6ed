package io.bactrian.template;

import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of records that a batch worker cannot use. */
public sealed interface BadRowRule {
  /** Whether bad records are set aside. */
  boolean isReject();

  /**
   * How many records all workers of the step may set aside in one task; empty = no limit.
   *
   * @param records how many the workers have to do
   */
  OptionalLong maxRejects(long records);

  /** A bad record fails its step. */
  record Fail() implements BadRowRule {
    @Override
    public boolean isReject() {
      return false;
    }

    @Override
    public OptionalLong maxRejects(long records) {
      return OptionalLong.empty();
    }
  }

  /**
   * A bad record is set aside.
   *
   * @param most how many may be; empty = any number
   */
  record Reject(Optional<MaxRejects> most) implements BadRowRule {
    @Override
    public boolean isReject() {
      return true;
    }

    @Override
    public OptionalLong maxRejects(long records) {
      return most.map(limit -> OptionalLong.of(limit.of(records))).orElse(OptionalLong.empty());
    }
  }
}
