package io.bactrian.task;

/**
 * Who acts by hand, and why; both are written into the transition rows.
 *
 * @param actor for instance {@code user:anna}
 * @param reason in the actor's words
 */
public record By(String actor, String reason) {
  public By {
    if (actor.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException(
          "actor is '%s', reason is '%s'; allowed: some text each".formatted(actor, reason));
    }
  }
}
