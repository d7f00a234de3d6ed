package io.bactrian.step;

/**
 * The node is draining: the run stopped between two chunks and gives its lease back. No attempt.
 */
public final class StepReleased extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StepReleased(String step, long position) {
    super(
        "released: step=%s stopped before record %d; it goes on from there"
            .formatted(step, position));
  }
}
