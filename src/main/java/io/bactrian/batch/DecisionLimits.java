package io.bactrian.batch;

/**
 * How much decisions may create.
 *
 * @param steps how many steps one decision may name
 * @param depth how many decisions may stand behind each other in one chain
 */
public record DecisionLimits(int steps, int depth) {
  public DecisionLimits {
    if (steps < 1 || depth < 1) {
      throw new IllegalArgumentException(
          "limits of decisions are %d and %d; allowed: at least 1".formatted(steps, depth));
    }
  }
}
