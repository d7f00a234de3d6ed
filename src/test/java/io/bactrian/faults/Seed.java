package io.bactrian.faults;

import java.util.Random;

/** The seed of a run of the fault suite: printed, and given again with {@code -Dfaults.seed}. */
final class Seed {
  static final long VALUE = Long.getLong("faults.seed", System.nanoTime());

  static {
    System.out.println("fault suite: -Dfaults.seed=" + VALUE);
  }

  private Seed() {}

  static Random random(String purpose) {
    return new Random(VALUE ^ purpose.hashCode());
  }
}
