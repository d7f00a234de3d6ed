package io.bactrian.task;

import java.util.Locale;

/** The states of a task; the schema holds which may follow which. */
public enum TaskState {
  PENDING,
  STEPS_IN_PROCESS,
  WAITING_FOR_RETRY,
  PAUSED,
  BLOCKED_BY_FAILURES,
  COMPLETE,
  CANCELLED,
  RESOLVED_MANUALLY,
  ERROR;

  /** The word of SQL and JSON: {@code steps_in_process}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static TaskState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether nothing will ever happen to the task again. */
  public boolean isFinal() {
    return switch (this) {
      case COMPLETE, CANCELLED, RESOLVED_MANUALLY, ERROR -> true;
      case PENDING, STEPS_IN_PROCESS, WAITING_FOR_RETRY, PAUSED, BLOCKED_BY_FAILURES -> false;
    };
  }

  /** Whether nothing will happen to the task unless somebody acts. */
  public boolean isAtRest() {
    return isFinal() || this == BLOCKED_BY_FAILURES || this == PAUSED;
  }
}
