package io.bactrian.task;

import io.bactrian.step.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a task has come to, read from its steps. */
public final class TaskResult {
  private TaskResult() {}

  /** The result of the only step without dependents; of several, an object by step name. */
  public static @Nullable Object of(List<Step> steps) {
    Set<String> parents =
        steps.stream().flatMap(step -> step.parents().stream()).collect(Collectors.toSet());
    List<Step> last = steps.stream().filter(s -> !parents.contains(s.templateStep())).toList();
    if (last.size() == 1) {
      return answer(last.get(0));
    }
    var results = new LinkedHashMap<String, @Nullable Object>();
    last.forEach(step -> results.put(step.name(), answer(step)));
    return results;
  }

  private static @Nullable Object answer(Step step) {
    return step.results().map(results -> results.get("result")).orElse(null);
  }

  /** {@code step: message} of the steps in error. */
  public static List<String> failures(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.state() == StepState.ERROR)
        .map(step -> step.name() + ": " + message(step))
        .toList();
  }

  /** What the handler of a step in error said. */
  public static String message(Step step) {
    return step.results().map(results -> results.get("error")).orElse(null)
            instanceof Map<?, ?> error
        ? Objects.toString(error.get("message"))
        : "no message";
  }
}
