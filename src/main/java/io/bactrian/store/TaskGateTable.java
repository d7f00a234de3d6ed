package io.bactrian.store;

import io.bactrian.task.StepCounts;
import io.bactrian.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The table {@code task_gates}, and the task state that follows from it. */
final class TaskGateTable {
  private static final int TRIES = 10;

  private final Database database;
  private final DeadLetterEntries deadLetters;

  TaskGateTable(Database database) {
    this.database = database;
    this.deadLetters = new DeadLetterEntries(database);
  }

  /** What a transaction did to the counts of its task. */
  record Change(int pending, int ready, int waiting, int failed, int done) {
    static final Change NONE = new Change(0, 0, 0, 0, 0);

    Change plus(Change other) {
      return new Change(
          pending + other.pending,
          ready + other.ready,
          waiting + other.waiting,
          failed + other.failed,
          done + other.done);
    }
  }

  private static final String COUNT =
      """
      update task_gates
      set pending = pending + :pending, ready = ready + :ready, waiting = waiting + :waiting,
          failed = failed + :failed, done = done + :done
      where task_uuid = :task
      returning pending, ready, waiting, failed, done
      """;

  /**
   * Counts what changed and moves the task to the state that follows. Call it last in a
   * transaction: it locks the task's row.
   *
   * <p>The state is read by a statement of its own, after the counts are locked: one statement for
   * both would see the state as it was before it waited for the lock, and could leave a task that
   * has ready steps in a state in which nobody claims them.
   */
  void count(UUID task, Change change, String actor, String reason) {
    StepCounts counts =
        database
            .jdbc()
            .sql(COUNT)
            .param("task", task)
            .param("pending", change.pending())
            .param("ready", change.ready())
            .param("waiting", change.waiting())
            .param("failed", change.failed())
            .param("done", change.done())
            .query(TaskGateTable::counts)
            .single();
    for (int i = 0; i < TRIES; i++) {
      TaskState now = state(task);
      TaskState next = counts.taskStateAfter(now);
      boolean steered = now.isFinal() || (now == TaskState.PAUSED && next != TaskState.COMPLETE);
      if (next == now || steered || move(task, now, next, actor, reason)) {
        return;
      }
    }
    throw new IllegalStateException(
        "task %s changes its state all the time; allowed: %d times".formatted(task, TRIES));
  }

  private static final String STATE = "select state from tasks where task_uuid = :task";

  /** The task's state; it may change until the task's row is locked. */
  TaskState state(UUID task) {
    return TaskState.of(
        database.jdbc().sql(STATE).param("task", task).query(String.class).single());
  }

  private static final String LOCK_COUNTS =
      """
      select pending, ready, waiting, failed, done from task_gates
      where task_uuid = :task for update
      """;

  private static final String LOCK_STATE =
      "select state from tasks where task_uuid = :task for no key update";

  /** What a task is in, locked until the transaction ends. */
  record Held(StepCounts counts, TaskState state) {}

  Held hold(UUID task) {
    StepCounts counts =
        database.jdbc().sql(LOCK_COUNTS).param("task", task).query(TaskGateTable::counts).single();
    String state = database.jdbc().sql(LOCK_STATE).param("task", task).query(String.class).single();
    return new Held(counts, TaskState.of(state));
  }

  private static final String CLOSE =
      """
      update task_gates
      set pending = 0, ready = 0, waiting = 0, failed = 0,
          done = pending + ready + waiting + failed + done
      where task_uuid = :task
      """;

  /** Counts all steps as done: they have been cancelled. */
  void close(UUID task) {
    database.jdbc().sql(CLOSE).param("task", task).update();
  }

  private static final String RECOUNT =
      """
      with truth as (
        select count(*) filter (where state = 'pending') as pending,
               count(*) filter (where state in ('enqueued', 'in_progress')) as ready,
               count(*) filter (where state = 'waiting_for_retry') as waiting,
               count(*) filter (where state = 'error') as failed,
               count(*) filter (where state in ('complete', 'resolved_manually', 'cancelled')) as done
        from workflow_steps where task_uuid = :task)
      update task_gates g
      set pending = truth.pending, ready = truth.ready, waiting = truth.waiting,
          failed = truth.failed, done = truth.done
      from truth where g.task_uuid = :task
        and (g.pending, g.ready, g.waiting, g.failed, g.done) is distinct from
            (truth.pending, truth.ready, truth.waiting, truth.failed, truth.done)
      """;

  /** Counts the steps anew; answers whether the counts were wrong. */
  boolean recount(UUID task) {
    hold(task);
    return database.jdbc().sql(RECOUNT).param("task", task).update() > 0;
  }

  private static final String MOVE =
      """
      with moved as (
        update tasks
        set state = :to, updated_at = engine_now(),
            completed_at = case when :final then engine_now() end
        where task_uuid = :task and state = :from
        returning task_uuid)
      insert into task_transitions (task_uuid, from_state, to_state, actor, reason)
      select task_uuid, :from, :to, :actor, :reason from moved
      """;

  /** Moves a task, and what its dead letters say with it; false if it is in another state. */
  boolean move(UUID task, TaskState from, TaskState to, String actor, String reason) {
    int moved =
        database
            .jdbc()
            .sql(MOVE)
            .param("task", task)
            .param("from", from.word())
            .param("to", to.word())
            .param("final", to.isFinal())
            .param("actor", actor)
            .param("reason", reason)
            .update();
    if (moved == 0) {
      return false;
    }
    if (to.isFinal()) {
      database.taskEnds(to);
      deadLetters.settle(task, to, actor);
    } else if (to == TaskState.BLOCKED_BY_FAILURES) {
      deadLetters.refresh(task);
    }
    return true;
  }

  private static StepCounts counts(ResultSet row, int number) throws SQLException {
    return new StepCounts(
        row.getInt("pending"),
        row.getInt("ready"),
        row.getInt("waiting"),
        row.getInt("failed"),
        row.getInt("done"));
  }
}
