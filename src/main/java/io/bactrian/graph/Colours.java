package io.bactrian.graph;

import io.bactrian.step.StepState;

/** One colour a state, light enough for black text. */
final class Colours {
  /** The fill of a step of a template, which is in no state. */
  static final String PLAIN = "#f4f1ea";

  private Colours() {}

  static String fill(StepState state) {
    return switch (state) {
      case PENDING -> "#eeeeee";
      case ENQUEUED -> "#d6e4f5";
      case IN_PROGRESS -> "#a9cdf2";
      case WAITING_FOR_RETRY -> "#fbe3a6";
      case COMPLETE -> "#bfe3c0";
      case ERROR -> "#f5b7b1";
      case RESOLVED_MANUALLY -> "#d9ead3";
      case CANCELLED -> "#d0cece";
    };
  }
}
