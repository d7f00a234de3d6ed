package io.bactrian;

import io.bactrian.step.PermanentFailure;
import io.bactrian.step.StepContext;
import java.util.Map;
import org.apache.camel.ExchangeProperty;

/** A handler bean of a user: fails as often as its step's initialization says. */
public final class Flaky {

  public Map<String, Object> work(@ExchangeProperty("step") StepContext step) {
    int failures = Integer.parseInt(String.valueOf(step.inputs().get("failures")));
    if (Boolean.TRUE.equals(step.inputs().get("permanent"))) {
      throw new PermanentFailure(String.valueOf(step.inputs().getOrDefault("message", "never")));
    }
    if (step.attempt() <= failures) {
      throw new IllegalStateException("not yet, attempt " + step.attempt());
    }
    return Map.of("attempt", step.attempt(), "seen", step.dependencyResults().all().count());
  }
}
