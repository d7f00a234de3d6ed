package io.bactrian.template;

import java.util.Collection;
import java.util.List;

/** Knows what a template's {@code callable} and {@code fold} may name. */
public interface HandlerNames {

  /** What a callable turns out to be. */
  Resolution resolve(String callable);

  /** The same, with a method where the template names one; only beans have methods. */
  default Resolution resolve(StepTemplate step) {
    return step.method().isEmpty()
        ? resolve(step.callable())
        : resolve(step.callable(), step.method().get());
  }

  /** What one method of a bean turns out to be. */
  default Resolution resolve(String callable, String method) {
    return new Unusable("has no method '%s': only beans have methods".formatted(method));
  }

  /** Names that are known, for the hint in an error. */
  Collection<String> known();

  /** Names of the folds that are known. */
  Collection<String> folds();

  /** Whether a fold may be named so. */
  default boolean isFold(String name) {
    return folds().contains(name);
  }

  /** What a callable turns out to be: one thing, several, or nothing usable. */
  sealed interface Resolution permits Found, Ambiguous, Unusable {}

  /** Exactly one thing, called by this endpoint URI. */
  record Found(String endpointUri) implements Resolution {}

  /** Several things of one name, for instance a route id and a bean. */
  record Ambiguous(List<String> kinds) implements Resolution {}

  /** Nothing that can be called, and why. */
  record Unusable(String why) implements Resolution {}
}
