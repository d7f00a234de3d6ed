package io.bactrian.step;

import java.time.Duration;
import java.util.Optional;

/** Thrown by a handler whose step may be tried again, optionally saying when. */
public class RetryableFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Optional<Duration> retryAfter;

  public RetryableFailure(String message) {
    this(message, Optional.empty());
  }

  /**
   * @param retryAfter wait at least this long before the next attempt; capped by the step's {@code
   *     max_backoff_ms}
   */
  public RetryableFailure(String message, Duration retryAfter) {
    this(message, Optional.of(retryAfter));
  }

  private RetryableFailure(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
