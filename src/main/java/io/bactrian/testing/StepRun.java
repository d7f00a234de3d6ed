package io.bactrian.testing;

import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.Step;
import io.bactrian.task.Transition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** One step of a {@link TaskRun}. Immutable. */
public final class StepRun {
  private final Step step;
  private final List<Transition> transitions;

  StepRun(Step step, List<Transition> history) {
    this.step = step;
    this.transitions = history.stream().filter(t -> t.step().equals(step.name())).toList();
  }

  public String name() {
    return step.name();
  }

  public StepState state() {
    return step.state();
  }

  /** Executions that counted; one that a crash ended does not. */
  public int attempts() {
    return step.attempts();
  }

  /** What the handler answered; empty if it has not. */
  public Map<String, Object> result() {
    return part("result");
  }

  /** The message of the last failure; empty if there is none. */
  public String error() {
    return String.valueOf(part("error").getOrDefault("message", ""));
  }

  private Map<String, Object> part(String name) {
    Object part = step.results().map(results -> results.get(name)).orElse(null);
    return part == null ? Map.of() : Json.toObject(part);
  }

  /** Every change of state, oldest first. */
  public List<Transition> transitions() {
    return transitions;
  }

  /** Asserts that the step is complete. */
  public StepRun isComplete() {
    return isInState(StepState.COMPLETE);
  }

  /** Asserts the step's state. */
  public StepRun isInState(StepState expected) {
    if (state() != expected) {
      throw new AssertionFailedError(
          "not %s: %s".formatted(expected.word(), this), expected, state());
    }
    return this;
  }

  /** Asserts a value of the answer; numbers are compared by value. */
  public StepRun hasResult(String key, Object expected) {
    Object actual = result().get(key);
    if (!isSame(actual, expected)) {
      throw new AssertionFailedError(
          "%s of step %s is %s, not %s; the whole result: %s"
              .formatted(key, name(), actual, expected, result()),
          expected,
          actual);
    }
    return this;
  }

  private static boolean isSame(@Nullable Object actual, Object expected) {
    if (actual instanceof Number && expected instanceof Number) {
      return new BigDecimal(actual.toString()).compareTo(new BigDecimal(expected.toString())) == 0;
    }
    return actual != null && Json.write(actual).equals(Json.write(expected));
  }

  /** Asserts how many executions counted. */
  public StepRun hasAttempts(int expected) {
    if (attempts() != expected) {
      throw new AssertionFailedError(
          "%d attempts, not %d: %s".formatted(attempts(), expected, this), expected, attempts());
    }
    return this;
  }

  /** Asserts the states the step went through, in their order. */
  public StepRun wentThrough(StepState... expected) {
    List<String> words = List.of(expected).stream().map(StepState::word).toList();
    List<String> actual = transitions.stream().map(Transition::to).toList();
    if (!actual.equals(words)) {
      throw new AssertionFailedError(
          "step %s went through %s, not %s".formatted(name(), actual, words), words, actual);
    }
    return this;
  }

  @Override
  public String toString() {
    String error = error();
    return "%s %s after %d attempts%s"
        .formatted(name(), state().word(), attempts(), error.isEmpty() ? "" : ": " + error);
  }
}
