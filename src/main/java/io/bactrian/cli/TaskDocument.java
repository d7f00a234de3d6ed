package io.bactrian.cli;

import io.bactrian.step.StepState;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.task.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task and its steps as the command line tells them.
 *
 * @param task the task
 * @param steps its steps
 * @param result that of the only step without dependents; of several, an object by step name
 * @param rejected how many records its workers have set aside
 */
record TaskDocument(Task task, List<Step> steps, @Nullable Object result, long rejected) {

  /** A task that is there. */
  TaskDocument(Task task, List<Step> steps, long rejected) {
    this(task, steps, TaskResult.of(steps), rejected);
  }

  /** One that has been pruned; no record of it is left to be seen. */
  static TaskDocument of(Receipt receipt) {
    return new TaskDocument(receipt.task(), List.of(), receipt.result().orElse(null), 0);
  }

  /** The steps in error, with what their handlers said. */
  List<Failed> failed() {
    return steps.stream()
        .filter(step -> step.state() == StepState.ERROR)
        .map(step -> new Failed(step.name(), step.attempts(), TaskResult.message(step)))
        .toList();
  }

  /** A step in error. */
  record Failed(String step, int attempts, String message) {}

  Duration elapsed() {
    return Duration.between(task.createdAt(), task.completedAt().orElseGet(Instant::now));
  }

  /** The JSON document of {@code run} and {@code resume}. */
  Map<String, Object> toMap() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("task_uuid", task.uuid().toString());
    document.put("status", task.state().word());
    document.put("result", result);
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
