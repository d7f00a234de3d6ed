package io.bactrian.template;

import java.util.List;

/**
 * What a template says about its submissions.
 *
 * @param identityStrategy when two of them are the same task
 * @param tags words that each of its tasks carries
 */
public record TaskRules(IdentityStrategy identityStrategy, List<String> tags) {
  /** What a template has that says nothing. */
  public static final TaskRules STANDARD = new TaskRules(IdentityStrategy.ALWAYS_UNIQUE, List.of());

  public TaskRules {
    tags = List.copyOf(tags);
  }
}
