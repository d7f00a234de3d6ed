package io.bactrian;

import java.util.Map;

/** The bean of {@code docs/handlers.md}. */
public final class SayBean {

  public Map<String, Object> say(Map<String, Object> inputs) {
    return Map.of("says", "Hi " + inputs.get("name"));
  }
}
