package io.bactrian.template;

import java.util.Locale;

/** What the error of a step means for its siblings, the other workers of its template step. */
public enum FailureStrategy {
  /** They are cancelled; a step that has no workers as siblings stops the rest of its task. */
  FAIL_FAST,
  /** They go on to their own ends. */
  CONTINUE_ON_FAILURE;

  /** The word of YAML and JSON: {@code fail_fast}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FailureStrategy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
