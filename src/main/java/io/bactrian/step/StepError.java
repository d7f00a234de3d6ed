package io.bactrian.step;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an attempt failed.
 *
 * @param type the class of failure, for instance {@code BadField}
 * @param message what was found, what was allowed, where
 * @param retryable whether another attempt may help
 */
public record StepError(String type, String message, boolean retryable) {

  /** A handler's message may hold NUL, which PostgreSQL's text cannot: it is kept as U+2400. */
  public StepError {
    message = message.replace('\0', '\u2400');
  }

  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("type", type);
    map.put("message", message);
    map.put("retryable", retryable);
    return map;
  }
}
