package io.bactrian.step;

/**
 * The run was told to end and stopped at a checkpoint: it gives its lease back, and this was no
 * attempt.
 */
public final class StepReleased extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StepReleased(String step, long position) {
    super(
        "released: step=%s stopped before record %d; it goes on from there"
            .formatted(step, position));
  }
}
