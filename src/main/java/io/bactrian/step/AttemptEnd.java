package io.bactrian.step;

import java.util.Locale;

/** How an attempt ends, as far as the process that ran it knows. */
public enum AttemptEnd {
  /** The step is complete. */
  COMPLETE,
  /** It failed, and another attempt is due later. */
  RETRY,
  /** It failed, and the step is in error. */
  ERROR,
  /** The lease was given back; this was no attempt. */
  GIVEN_BACK,
  /** The lease was gone: it had ended, or the step was cancelled. */
  LEASE_LOST,
  /** The database was away when the process stopped; the lease ends by itself. */
  LEFT;

  /** The word of metrics: {@code given_back}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
