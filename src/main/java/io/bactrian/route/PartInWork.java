package io.bactrian.route;

import io.bactrian.step.RunningStep;

/**
 * Tells that the part which was handed out last has failed: the step is where it was before.
 *
 * <p>A Splitter asks once for more before it processes a part, and again after; where that part has
 * failed it would take all the rest from the iterator, only to drop it.
 */
final class PartInWork {
  private final RunningStep step;
  private boolean handedOut;
  private boolean asked;

  PartInWork(RunningStep step) {
    this.step = step;
  }

  void begin() {
    step.position().begin();
    handedOut = true;
    asked = false;
  }

  /** Asked by each {@code hasNext}. */
  boolean hasFailed() {
    boolean again = asked;
    asked = true;
    return handedOut && again && !step.position().isDone();
  }
}
