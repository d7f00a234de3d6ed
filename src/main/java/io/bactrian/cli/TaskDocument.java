package io.bactrian.cli;

import io.bactrian.step.StepState;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A task and its steps as the command line tells them.
 *
 * @param task the task
 * @param steps its steps
 */
record TaskDocument(Task task, List<Step> steps) {

  /** The result of the only step without dependents; of several, an object by step name. */
  @Nullable Object result() {
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

  /** The steps in error, with what their handlers said. */
  List<Failed> failed() {
    return steps.stream()
        .filter(step -> step.state() == StepState.ERROR)
        .map(step -> new Failed(step.name(), step.attempts(), message(step)))
        .toList();
  }

  /** A step in error. */
  record Failed(String step, int attempts, String message) {}

  private static String message(Step step) {
    Optional<Object> error = step.results().map(results -> results.get("error"));
    return error.isPresent() && error.get() instanceof Map<?, ?> map
        ? Objects.toString(map.get("message"))
        : "no message";
  }

  Duration elapsed() {
    return Duration.between(task.createdAt(), task.completedAt().orElseGet(Instant::now));
  }

  /** The JSON document of {@code run} and {@code resume}. */
  Map<String, Object> toMap() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("task_uuid", task.uuid().toString());
    document.put("status", task.state().word());
    document.put("result", result());
    document.put("steps", steps.stream().map(TaskDocument::step).toList());
    document.put("elapsed_ms", elapsed().toMillis());
    return document;
  }

  static Map<String, @Nullable Object> step(Step step) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("name", step.name());
    map.put("type", step.type().word());
    map.put("current_state", step.state().word());
    map.put("attempts", step.attempts());
    map.put("results", step.results().orElse(null));
    return map;
  }
}
