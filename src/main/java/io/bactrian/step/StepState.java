package io.bactrian.step;

import java.util.Locale;

/** The states of a step; the schema holds which may follow which. */
public enum StepState {
  PENDING,
  ENQUEUED,
  IN_PROGRESS,
  WAITING_FOR_RETRY,
  COMPLETE,
  ERROR,
  RESOLVED_MANUALLY,
  CANCELLED;

  /** Whether nothing more happens to the step, unless it was fail_fast that cancelled it. */
  public boolean isDone() {
    return switch (this) {
      case COMPLETE, RESOLVED_MANUALLY, CANCELLED -> true;
      case PENDING, ENQUEUED, IN_PROGRESS, WAITING_FOR_RETRY, ERROR -> false;
    };
  }

  /** The word of SQL and JSON: {@code in_progress}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static StepState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
