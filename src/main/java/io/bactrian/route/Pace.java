package io.bactrian.route;

/**
 * How many records the chunks of one worker route have come to on this node, so that the next range
 * need not find out again. Thread safe.
 */
final class Pace {
  private static final int UNKNOWN = 0;

  private volatile int records = UNKNOWN;

  /** Where a range starts that has failed at nothing yet. */
  int orElse(int first) {
    return records == UNKNOWN ? first : records;
  }

  void keep(int reached) {
    records = reached;
  }
}
