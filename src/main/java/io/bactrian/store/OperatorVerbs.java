package io.bactrian.store;

import io.bactrian.step.Completion;
import io.bactrian.step.Expansion;
import io.bactrian.step.StepState;
import io.bactrian.store.StepMends.Named;
import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import io.bactrian.task.Reruns;
import io.bactrian.task.TaskState;
import io.bactrian.task.VerbRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators do to tasks and steps, in PostgreSQL: one transaction each, under the task's lock.
 */
public final class OperatorVerbs implements Operations {
  /** The outcomes of a step that is settled without a result. */
  private static final Map<String, Object> NOTHING =
      Map.of(
          "batch_processing_outcome", Map.of("type", "no_batches"),
          "decision_point_outcome", Map.of("type", "no_branches"));

  private static final String UNFINISHED =
      "pending, steps_in_process, waiting_for_retry, paused, blocked_by_failures";

  private final Database database;
  private final Completion completion;
  private final Reruns reruns;
  private final StepTable steps;
  private final StepMends mends;
  private final Mending mending;
  private final TaskGateTable taskGates;
  private final HeldTasks held;
  private final NodeTable nodes;

  /**
   * @param database where the rows are
   * @param completion reads in a result given by hand what else must be created
   * @param reruns submits a task once more
   */
  public OperatorVerbs(Database database, Completion completion, Reruns reruns) {
    this.database = database;
    this.completion = completion;
    this.reruns = reruns;
    this.steps = new StepTable(database);
    this.mends = new StepMends(database);
    this.mending = new Mending(database);
    this.taskGates = new TaskGateTable(database);
    this.held = new HeldTasks(database);
    this.nodes = new NodeTable(database);
  }

  @Override
  public Effect retry(UUID task, By by) {
    return database.commit(
        Fact.RETRY_BY_HAND,
        () -> {
          TaskState before = unfinished("retry", task);
          List<String> changed = mending.retry(task, Optional.empty(), by);
          if (changed.isEmpty()) {
            throw new VerbRefused(
                "retry",
                "no step of task %s, which is %s, is in error".formatted(task, before.word()),
                "a task with steps in error");
          }
          return effect(task, before, changed);
        });
  }

  @Override
  public Effect retry(UUID task, String step, By by) {
    return database.commit(
        Fact.RETRY_BY_HAND,
        () -> {
          TaskState before = unfinished("retry", task);
          Named named = mends.lock(task, step);
          List<String> changed =
              switch (named.state()) {
                case ERROR -> mending.retry(task, Optional.of(named.uuid()), by);
                case WAITING_FOR_RETRY -> mending.retryNow(task, named.uuid(), by);
                case PENDING, ENQUEUED, IN_PROGRESS, COMPLETE, RESOLVED_MANUALLY, CANCELLED ->
                    throw refused("retry", named, "error, waiting_for_retry");
              };
          return effect(task, before, changed);
        });
  }

  @Override
  public Effect resolve(UUID task, String step, By by) {
    Expansion none = expansion(task, step, NOTHING);
    return database.commit(
        Fact.RESOLVE_BY_HAND,
        () -> {
          TaskState before = unfinished("resolve", task);
          Named named = failed("resolve", task, step);
          return effect(task, before, mending.resolve(task, named, none, by));
        });
  }

  @Override
  public Effect complete(UUID task, String step, Map<String, Object> result, By by) {
    Expansion created = expansion(task, step, result);
    Map<String, Object> results = StepOutcomes.results(true, "complete", result, Map.of());
    results.put("metadata", Map.of("completed_by", by.actor(), "reason", by.reason()));
    return database.commit(
        Fact.COMPLETE_BY_HAND,
        () -> {
          TaskState before = unfinished("complete", task);
          Named named = failed("complete", task, step);
          return effect(task, before, mending.complete(task, named, results, created, by));
        });
  }

  /** What a result creates besides; read before the transaction, for it may take a while. */
  private Expansion expansion(UUID task, String step, Map<String, Object> result) {
    Named named = database.read(() -> found(task, step));
    return completion.of(named.asLease(task), result);
  }

  private Named found(UUID task, String step) {
    held.check(task);
    return mends.find(task, step);
  }

  private Effect effect(UUID task, TaskState before, List<String> changed) {
    return new Effect(task, before, taskGates.state(task), changed, held.isServed(task));
  }

  @Override
  public Effect resolve(UUID task, By by) {
    return end(Fact.RESOLVE_BY_HAND, "resolve", TaskState.RESOLVED_MANUALLY, task, by);
  }

  @Override
  public Effect cancel(UUID task, By by) {
    return end(Fact.CANCEL, "cancel", TaskState.CANCELLED, task, by);
  }

  private Effect end(Fact fact, String verb, TaskState end, UUID task, By by) {
    return database.commit(
        fact,
        () -> {
          unfinished(verb, task);
          steps.cancelOpen(task, by.actor(), by.reason());
          taskGates.close(task);
          TaskState before = taskGates.hold(task).state();
          checkUnfinished(verb, task, before);
          taskGates.move(task, before, end, by.actor(), by.reason());
          return effect(task, before, List.of());
        });
  }

  @Override
  public Effect pause(UUID task, By by) {
    return database.commit(
        Fact.PAUSE,
        () -> {
          unfinished("pause", task);
          TaskState before = taskGates.hold(task).state();
          if (before.isFinal() || before == TaskState.PAUSED) {
            throw refused(
                "pause",
                task,
                before,
                "pending, steps_in_process, waiting_for_retry, blocked_by_failures");
          }
          taskGates.move(task, before, TaskState.PAUSED, by.actor(), by.reason());
          return effect(task, before, List.of());
        });
  }

  @Override
  public Effect unpause(UUID task, By by) {
    return database.commit(
        Fact.UNPAUSE,
        () -> {
          held.take(task);
          TaskGateTable.Held now = taskGates.hold(task);
          if (now.state() != TaskState.PAUSED) {
            throw refused("unpause", task, now.state(), "paused");
          }
          TaskState next = now.counts().taskStateAfter(now.state());
          taskGates.move(task, now.state(), next, by.actor(), by.reason());
          nodes.call();
          return effect(task, now.state(), List.of());
        });
  }

  @Override
  public Effect rerun(UUID task, By by) {
    return database.commit(
        Fact.CREATE_TASK,
        () -> {
          TaskState old = held.take(task);
          if (!old.isFinal() && old != TaskState.BLOCKED_BY_FAILURES) {
            throw refused(
                "rerun",
                task,
                old,
                "complete, cancelled, resolved_manually, error, blocked_by_failures");
          }
          UUID made = reruns.rerun(held.submission(task), task, by);
          return effect(made, TaskState.PENDING, List.of());
        });
  }

  private TaskState unfinished(String verb, UUID task) {
    TaskState state = held.take(task);
    checkUnfinished(verb, task, state);
    return state;
  }

  private static void checkUnfinished(String verb, UUID task, TaskState state) {
    if (state.isFinal()) {
      throw refused(verb, task, state, UNFINISHED);
    }
  }

  private Named failed(String verb, UUID task, String step) {
    Named named = mends.lock(task, step);
    if (named.state() != StepState.ERROR) {
      throw refused(verb, named, "error");
    }
    return named;
  }

  private static VerbRefused refused(String verb, Named step, String allowed) {
    return new VerbRefused(
        verb, "step %s is %s".formatted(step.name(), step.state().word()), allowed);
  }

  private static VerbRefused refused(String verb, UUID task, TaskState state, String allowed) {
    return new VerbRefused(verb, "task %s is %s".formatted(task, state.word()), allowed);
  }
}
