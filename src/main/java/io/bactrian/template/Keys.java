package io.bactrian.template;

import java.util.List;

/**
 * The keys a mapping of a template may have.
 *
 * @param allowed keys with an effect
 * @param planned keys of the language whose effect is not built yet
 */
record Keys(List<String> allowed, List<String> planned) {
  private static final String ANYTHING = "*";

  static final Keys TEMPLATE =
      new Keys(
          List.of(
              "name",
              "namespace_name",
              "version",
              "description",
              "task_handler",
              "input_schema",
              "identity_strategy",
              "lifecycle",
              "retention",
              "tags",
              "steps",
              "environments"),
          List.of());

  /** What an environment may say otherwise. */
  static final Keys ENVIRONMENT =
      new Keys(List.of("identity_strategy", "lifecycle", "retention", "tags", "steps"), List.of());

  static final Keys TASK_LIFECYCLE = new Keys(List.of("max_duration_minutes"), List.of());

  static final Keys RETENTION = new Keys(List.of("days"), List.of());

  static final Keys STEP =
      new Keys(
          List.of(
              "name",
              "type",
              "description",
              "dependencies",
              "depends_on",
              "handler",
              "lifecycle",
              "retry",
              "timeout_seconds",
              "rows",
              "on_bad_row",
              "max_rejects",
              "failure_strategy",
              "on_no_batches",
              "max_parallel",
              "checkpoint"),
          List.of());

  /** What an environment may say otherwise of a step: not what the graph is. */
  static final Keys STEP_OVERRIDE =
      new Keys(
          STEP.allowed().stream()
              .filter(key -> !List.of("type", "dependencies", "depends_on").contains(key))
              .toList(),
          STEP.planned());

  static final Keys CHECKPOINT = new Keys(List.of("every", "interval"), List.of());

  static final Keys HANDLER = new Keys(List.of("callable", "method", "initialization"), List.of());

  static final Keys STEP_LIFECYCLE =
      new Keys(
          List.of("max_steps_in_process_minutes", "max_retries", "backoff_multiplier"), List.of());

  static final Keys RETRY =
      new Keys(
          List.of(
              "retryable",
              "max_attempts",
              "backoff",
              "backoff_base_ms",
              "multiplier",
              "max_backoff_ms"),
          List.of());

  /** A mapping that belongs to the handler: any key. */
  static final Keys ANY = new Keys(List.of(ANYTHING), List.of());

  boolean isAllowed(String key) {
    return allowed.contains(ANYTHING) || allowed.contains(key);
  }

  boolean isPlanned(String key) {
    return planned.contains(key);
  }
}
