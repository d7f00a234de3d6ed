package io.bactrian.testing;

import io.bactrian.json.Json;
import io.bactrian.task.Page;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.task.TaskState;
import io.bactrian.task.Transition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.opentest4j.AssertionFailedError;

/** A task that has come to rest: what came out, and assertions on it. Immutable. */
public final class TaskRun {
  private static final Page.Cut ALL = new Page.Cut(1, Integer.MAX_VALUE);

  private final UUID uuid;
  private final TaskState state;
  private final TestDatabaseOfClass database;
  private final TestEngine engine;
  private final int takeovers;
  private final List<Step> steps;
  private final List<Transition> history;

  TaskRun(
      UUID uuid, TaskState state, TestDatabaseOfClass database, TestEngine engine, int takeovers) {
    this.uuid = uuid;
    this.state = state;
    this.database = database;
    this.engine = engine;
    this.takeovers = takeovers;
    this.steps = database.tasks().steps(uuid);
    this.history = database.history().ofSteps(uuid);
  }

  public UUID uuid() {
    return uuid;
  }

  public TaskState state() {
    return state;
  }

  /** How many nodes of this test have died so far. */
  public int takeovers() {
    return takeovers;
  }

  /** All steps: template order, workers in batch order. */
  public List<StepRun> steps() {
    return steps.stream().map(step -> new StepRun(step, history)).toList();
  }

  /** A step by its name, such as {@code total} or {@code count_001}. */
  public StepRun step(String name) {
    return steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionFailedError(
                    "there is no step %s; there are: %s"
                        .formatted(name, steps.stream().map(Step::name).toList())));
  }

  /** The records that were set aside: steps in template order, then in the order of the file. */
  public List<RejectedRecord> rejects() {
    return database.rejects().page(uuid, Optional.empty(), ALL).items();
  }

  /** The states the task went through. */
  public List<String> states() {
    return database.history().ofTask(uuid).stream().map(Transition::to).toList();
  }

  /** What the last step answered. */
  public Map<String, Object> result() {
    return last().result();
  }

  private StepRun last() {
    List<StepRun> all = steps();
    return all.get(all.size() - 1);
  }

  /** Asserts that the task is complete; the failure tells which step has which error. */
  public TaskRun isComplete() {
    return isInState(TaskState.COMPLETE);
  }

  /** Asserts the state the task has come to rest in. */
  public TaskRun isInState(TaskState expected) {
    if (state != expected) {
      throw new AssertionFailedError(
          "task is %s, not %s; its steps:%s".formatted(state.word(), expected.word(), told()),
          expected,
          state);
    }
    return this;
  }

  /** Asserts a value of the last step's answer; numbers are compared by value. */
  public TaskRun hasResult(String key, Object expected) {
    last().hasResult(key, expected);
    return this;
  }

  /** Asserts that this many nodes have died, so that a crash point that nothing reaches is seen. */
  public TaskRun hasTakeovers(int expected) {
    if (takeovers != expected) {
      throw new AssertionFailedError(
          "%d nodes died, not %d".formatted(takeovers, expected), expected, takeovers);
    }
    return this;
  }

  /**
   * Asserts that every step has answered, byte by byte, what it answers when the same task runs
   * once more, alone, in order and undisturbed, and has set the same records aside.
   */
  public TaskRun equalsSerialRun() {
    Task task = database.tasks().find(uuid).orElseThrow();
    return hasAnswersOf(engine.runSerially(task.reference(), task.context()));
  }

  /**
   * Asserts that every step has answered, byte by byte, what it answered in another run, and has
   * set the same records aside for the same reasons.
   */
  public TaskRun hasAnswersOf(TaskRun other) {
    String expected = other.answers();
    if (!answers().equals(expected)) {
      throw new AssertionFailedError(
          "the answers differ from those of the other run", expected, answers());
    }
    return this;
  }

  /**
   * The results of all steps, and what they set aside, as JSON text, without what differs between
   * any two tasks.
   */
  String answers() {
    var answers = new LinkedHashMap<String, Object>();
    for (StepRun step : steps()) {
      answers.put(step.name(), Map.of("state", step.state().word(), "result", step.result()));
    }
    answers.put("rejects", rejects().stream().map(TaskRun::told).toList());
    return Json.write(answers);
  }

  private static String told(RejectedRecord reject) {
    return "%s %d: %s: %s"
        .formatted(reject.step(), reject.ordinal(), reject.content().base64(), reject.reason());
  }

  private String told() {
    var told = new StringBuilder();
    for (StepRun step : steps()) {
      told.append("\n  ").append(step);
    }
    return told.toString();
  }
}
