package io.bactrian.task;

import java.util.Optional;

/**
 * Where a task comes from.
 *
 * @param initiator who submitted it, a person or a program
 * @param reason why, empty when nothing was said
 * @param correlationId what the submitter calls it
 * @param parentCorrelationId what the submitter calls the work it belongs to
 */
public record Origin(
    String initiator,
    String reason,
    Optional<String> correlationId,
    Optional<String> parentCorrelationId) {
  private static final int LONGEST = 1000;

  /** Says only who. */
  public static Origin of(String initiator) {
    return new Origin(initiator, "", Optional.empty(), Optional.empty());
  }

  public Origin {
    check("initiator", initiator);
    check("reason", reason);
    correlationId.ifPresent(id -> check("correlation id", id));
    parentCorrelationId.ifPresent(id -> check("parent correlation id", id));
  }

  private static void check(String what, String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the %s has %d characters; allowed: at most %d".formatted(what, text.length(), LONGEST));
    }
  }
}
