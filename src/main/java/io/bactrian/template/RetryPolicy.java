package io.bactrian.template;

import java.time.Duration;

/**
 * When a failed step is tried again.
 *
 * @param retryable whether it is at all
 * @param maxAttempts executions at most, the first included; at least 1
 * @param backoff how the delay grows
 * @param base the first delay
 * @param multiplier growth of an exponential backoff, at least 1
 * @param max the longest delay
 */
public record RetryPolicy(
    boolean retryable,
    int maxAttempts,
    Backoff backoff,
    Duration base,
    double multiplier,
    Duration max) {
  private static final double JITTER = 0.15;

  /** What a step has that says nothing: 3 attempts, 1 s doubling up to 30 s. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(
          true, 3, Backoff.EXPONENTIAL, Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30));

  public RetryPolicy {
    if (maxAttempts < 1 || multiplier < 1 || base.isNegative() || max.isNegative()) {
      throw new IllegalArgumentException(
          "max_attempts=%d, multiplier=%s, base=%s, max=%s; allowed: at least 1, 1, 0 and 0"
              .formatted(maxAttempts, multiplier, base, max));
    }
  }

  /**
   * The delay after a failed attempt: exponential {@code min(base · multiplier^(attempt-1), max)},
   * linear {@code min(base · attempt, max)}, none {@code base}; then moved by up to 15 %.
   *
   * @param attempt the attempt that failed, from 1
   * @param jitter from -1 to 1
   */
  public Duration delayAfter(int attempt, double jitter) {
    double millis =
        switch (backoff) {
          case EXPONENTIAL -> (double) base.toMillis() * Math.pow(multiplier, attempt - 1.0);
          case LINEAR -> (double) base.toMillis() * attempt;
          case NONE -> (double) base.toMillis();
        };
    double limited = Math.min(millis, (double) max.toMillis());
    return Duration.ofMillis(Math.round(limited * (1 + JITTER * jitter)));
  }

  /** A handler's own wish, not longer than the longest delay. */
  public Duration capped(Duration retryAfter) {
    return retryAfter.compareTo(max) > 0 ? max : retryAfter;
  }
}
