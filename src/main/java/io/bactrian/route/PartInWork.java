package io.bactrian.route;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.RunningStep;
import java.util.Optional;

/**
 * Tells that the part which was handed out last has failed: the step is where it was before.
 *
 * <p>A Splitter asks once for more before it processes a part, and again after; where that part has
 * failed it would take all the rest from the iterator, only to drop it.
 */
final class PartInWork {
  private final RunningStep step;
  private Optional<Checkpoint> before = Optional.empty();
  private boolean handedOut;
  private boolean asked;

  PartInWork(RunningStep step) {
    this.step = step;
  }

  void begin() {
    before = step.position().reached();
    handedOut = true;
    asked = false;
  }

  /** Asked by each {@code hasNext}. */
  boolean hasFailed() {
    boolean again = asked;
    asked = true;
    return handedOut && again && step.position().reached().equals(before);
  }
}
