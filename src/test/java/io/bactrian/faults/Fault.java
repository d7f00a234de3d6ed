package io.bactrian.faults;

import java.util.Random;

/** What happens to nodes and to their database, and how often of a hundred. */
enum Fault {
  SIGKILL(35),
  SIGSTOP_FOR_TWO_TTLS(20),
  TERMINATE_BACKENDS(28),
  RESTART_POSTGRES(5),
  EXHAUST_POOL(12);

  private final int share;

  Fault(int share) {
    this.share = share;
  }

  static Fault draw(Random random) {
    int drawn = random.nextInt(100);
    for (Fault fault : values()) {
      drawn -= fault.share;
      if (drawn < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("the shares make a hundred");
  }
}
