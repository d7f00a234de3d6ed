package io.bactrian.template;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the keys that only a batch worker has. */
final class WorkerReader {
  private static final List<String> KEYS =
      List.of("max_parallel", "checkpoint", "rows", "on_bad_row", "max_rejects");
  private static final List<String> ROWS =
      List.of(WorkerRules.MAPS, WorkerRules.VIEWS, "the class name of a Java record");
  private static final String TIME = "a time such as 500ms, 1s, 2m";

  private final Problems problems;

  WorkerReader(Problems problems) {
    this.problems = problems;
  }

  WorkerRules read(Section step, StepType type) {
    boolean placeholder = placeholder(step, type);
    if (type != StepType.BATCH_WORKER) {
      refuse(step, type);
      return WorkerRules.STANDARD.withPlaceholder(placeholder);
    }
    return new WorkerRules(
        step.section("checkpoint", Keys.CHECKPOINT)
            .flatMap(this::checkpoint)
            .orElse(CheckpointRule.STANDARD),
        rows(step),
        step.integer("max_parallel", 1),
        placeholder,
        new BadRowReader(problems).read(step));
  }

  private boolean placeholder(Section step, StepType type) {
    Optional<String> word =
        step.oneOf("on_no_batches", List.of("converge", "placeholder"), List.of());
    if (type != StepType.BATCH_WORKER && type != StepType.BATCHABLE) {
      step.node("on_no_batches")
          .ifPresent(
              at ->
                  problems.add(
                      at,
                      "step: 'on_no_batches' on a step of type %s; allowed: only on a batchable and a batch_worker"
                          .formatted(type.word())));
    }
    return word.filter("placeholder"::equals).isPresent();
  }

  private static String rows(Section step) {
    Optional<String> named = step.text("rows").filter(WorkerReader::isRecord);
    return named.or(() -> step.oneOf("rows", ROWS, List.of())).orElse(WorkerRules.MAPS);
  }

  private static boolean isRecord(String className) {
    try {
      return className.indexOf('.') > 0
          && Class.forName(className, false, WorkerReader.class.getClassLoader()).isRecord();
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private void refuse(Section step, StepType type) {
    for (String key : KEYS) {
      step.node(key)
          .ifPresent(
              at ->
                  problems.add(
                      at,
                      "step: '%s' on a step of type %s; allowed: only on a batch_worker"
                          .formatted(key, type.word())));
    }
  }

  private Optional<CheckpointRule> checkpoint(Section checkpoint) {
    Optional<CheckpointRule> every =
        checkpoint.text("every").flatMap(text -> every(checkpoint, text));
    Optional<CheckpointRule> interval =
        checkpoint.integer("interval", 1).map(CheckpointRule.Interval::new);
    if (checkpoint.node("every").isPresent() && checkpoint.node("interval").isPresent()) {
      problems.add(
          checkpoint.where(), "step, checkpoint: every and interval; allowed: one of the two");
    } else if (checkpoint.node("every").isEmpty() && checkpoint.node("interval").isEmpty()) {
      problems.add(
          checkpoint.where(), "step, checkpoint: neither every nor interval; allowed: one of them");
    }
    return every.or(() -> interval);
  }

  private Optional<CheckpointRule> every(Section checkpoint, String text) {
    if (text.matches("[1-9][0-9]{0,8}ms")) {
      long millis = Long.parseLong(text.substring(0, text.length() - 2));
      return Optional.of(new CheckpointRule.Every(Duration.ofMillis(millis)));
    }
    if (text.matches("[1-9][0-9]{0,8}[smh]")) {
      return Optional.of(
          new CheckpointRule.Every(Duration.parse("PT" + text.toUpperCase(Locale.ROOT))));
    }
    problems.add(
        checkpoint.node("every").orElse(checkpoint.where()),
        "step, checkpoint: every is '%s'; allowed: %s".formatted(text, TIME));
    return Optional.empty();
  }
}
