package io.bactrian.endpoint;

import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscriber wants.
 *
 * @param template a reference, empty = all
 * @param states the states changed to
 */
record EventFilter(String template, Set<TaskState> states) {

  static EventFilter of(@Nullable String template, @Nullable String states) {
    return new EventFilter(
        template == null ? "" : template,
        states == null || states.isBlank() ? EnumSet.allOf(TaskState.class) : read(states));
  }

  private static Set<TaskState> read(String states) {
    try {
      return Arrays.stream(states.split(",", -1))
          .map(word -> TaskState.of(word.strip()))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(TaskState.class)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "states is '%s'; allowed, separated by commas: %s"
              .formatted(
                  states,
                  Arrays.stream(TaskState.values())
                      .map(state -> state.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))),
          e);
    }
  }

  boolean wants(TaskEvent event) {
    boolean ofTemplate =
        template.isEmpty()
            || template.equals(event.reference())
            || template.equals(event.namespace() + "/" + event.name());
    return ofTemplate && states.contains(event.to());
  }
}
