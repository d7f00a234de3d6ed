package io.bactrian.task;

import java.util.Locale;

/** Why a task needs a person. */
public enum DeadLetterReason {
  /** Nothing has happened to the task for too long. */
  STALENESS_TIMEOUT,
  /** A step is in error: its attempts are used up, or its failure is a permanent one. */
  MAX_RETRIES_EXCEEDED,
  /** Steps wait for each other. */
  DEPENDENCY_CYCLE_DETECTED,
  /** No live node has the route of a ready step. */
  WORKER_UNAVAILABLE,
  /** Somebody put it there. */
  MANUAL_DLQ;

  /** The word of SQL and JSON: {@code manual_dlq}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DeadLetterReason of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
