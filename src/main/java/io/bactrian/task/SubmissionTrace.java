package io.bactrian.task;

import java.util.Optional;
import java.util.function.Function;

/** Begins the trace that the nodes which run a task go on with. */
@FunctionalInterface
public interface SubmissionTrace {
  /** No trace. */
  SubmissionTrace NONE = (template, work) -> work.apply(Optional.empty());

  /**
   * Submits a task inside a span.
   *
   * @param template what is submitted
   * @param work creates the task; is told the span as W3C {@code traceparent}, kept with the task
   */
  Submitted around(String template, Function<Optional<String>, Submitted> work);
}
