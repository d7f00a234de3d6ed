package io.bactrian.route;

import io.bactrian.json.Json;
import java.util.Map;

/** What the schedule's task is to be given. Immutable. */
public final class ScheduleTrigger {
  private final Map<String, Object> context;

  /**
   * @param context a JSON object
   * @throws IllegalArgumentException if it is none, naming the setting
   */
  public ScheduleTrigger(String context) {
    try {
      this.context = Json.readObject(context);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "setting bactrian.triggers.schedule.context is '%s'; allowed: a JSON object"
              .formatted(context),
          e);
    }
  }

  public Map<String, Object> context() {
    return context;
  }
}
