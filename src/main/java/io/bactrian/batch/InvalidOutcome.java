package io.bactrian.batch;

import io.bactrian.step.PermanentFailure;

/** A batchable step answered something that cannot be carried out; nothing is created. */
public final class InvalidOutcome extends PermanentFailure {
  private static final long serialVersionUID = 1L;

  public InvalidOutcome(String message) {
    super(message);
  }

  public InvalidOutcome(String message, Throwable cause) {
    super(message, cause);
  }
}
