package io.bactrian.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happens to a submission when a task of the same identity exists. */
public enum OnDuplicate {
  /** The existing task is the answer. */
  RETURN_EXISTING,
  /** The submission is refused. */
  REJECT,
  /**
   * A task that has failed (in error, cancelled, or blocked by failures, which is then cancelled)
   * gives its identity to a new one; any other is the answer.
   */
  RERUN_IF_FAILED;

  /** The word of JSON and, with dashes, of the command line: {@code return_existing}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a word, with underscores or dashes.
   *
   * @throws IllegalArgumentException naming the allowed words
   */
  public static OnDuplicate of(String word) {
    List<String> words = Arrays.stream(values()).map(OnDuplicate::word).toList();
    int found = words.indexOf(word.replace('-', '_'));
    if (found < 0) {
      throw new IllegalArgumentException(
          "on-duplicate is '%s'; allowed: %s"
              .formatted(word, String.join(", ", words).replace('_', '-')));
    }
    return values()[found];
  }
}
