package io.bactrian.task;

import java.util.Locale;

/** What became of a dead letter. */
public enum Resolution {
  /** Nobody has settled it. */
  PENDING,
  /** A person saw to it. */
  MANUALLY_RESOLVED,
  /** The task went on by itself and is complete. */
  RECOVERED,
  /** Nothing more can be done. */
  PERMANENTLY_FAILED,
  /** The task was cancelled. */
  CANCELLED;

  /** The word of SQL and JSON: {@code manually_resolved}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Resolution of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
