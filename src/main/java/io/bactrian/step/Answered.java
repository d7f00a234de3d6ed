package io.bactrian.step;

import java.util.Map;
import java.util.Objects;
import org.slf4j.MDC;

/**
 * An attempt whose handler has answered, which nobody has written yet.
 *
 * @param step the attempt; its thread is free
 * @param result the answer
 * @param names what log lines about the step carry
 */
public record Answered(RunningStep step, Map<String, Object> result, Map<String, String> names) {

  /** An answer given on this thread. */
  static Answered of(RunningStep step, Map<String, Object> result) {
    return new Answered(step, result, namesOfThread());
  }

  private static Map<String, String> namesOfThread() {
    return Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
  }

  /** What is to be written, from now on. */
  Outcomes.Done done() {
    StepPosition position = step.position();
    position.last().ifPresent(position::propose);
    return new Outcomes.Done(step.lease(), result, position.last());
  }

  /** Does work on this thread under the names of the step. */
  void named(Runnable work) {
    Map<String, String> before = namesOfThread();
    MDC.setContextMap(names);
    try {
      work.run();
    } finally {
      MDC.setContextMap(before);
    }
  }
}
