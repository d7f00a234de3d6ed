package io.bactrian.step;

import java.util.UUID;

/**
 * The step is no longer this run's: another node has it, or it was cancelled. Stop, write nothing.
 */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final UUID stepUuid;
  private final int epoch;

  public LeaseLost(UUID stepUuid, int epoch) {
    super("lease lost: step=%s epoch=%d; another run owns the step now".formatted(stepUuid, epoch));
    this.stepUuid = stepUuid;
    this.epoch = epoch;
  }

  public UUID stepUuid() {
    return stepUuid;
  }

  public int epoch() {
    return epoch;
  }
}
