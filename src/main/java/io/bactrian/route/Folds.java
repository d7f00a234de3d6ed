package io.bactrian.route;

import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;

/** What every fold must do first. */
final class Folds {
  private Folds() {}

  /**
   * A part that failed must fail the fold; a strategy that keeps the old exchange would drop it.
   */
  static void refuseFailed(Exchange part) {
    if (part.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeCamelException(part.getException());
    }
  }
}
