package io.bactrian.store;

import io.bactrian.task.StepCounts;
import io.bactrian.task.TaskState;
import java.util.UUID;

/** The table {@code task_gates}, and the task state that follows from it. */
final class TaskGateTable {
  private final Database database;

  TaskGateTable(Database database) {
    this.database = database;
  }

  /** What a transaction did to the counts of its task. */
  record Change(int pending, int ready, int waiting, int failed, int done) {}

  private static final String COUNT =
      """
      with gate as (
        update task_gates
        set pending = pending + :pending, ready = ready + :ready, waiting = waiting + :waiting,
            failed = failed + :failed, done = done + :done
        where task_uuid = :task
        returning *)
      select gate.*, tasks.state from gate join tasks using (task_uuid)
      """;

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

  /**
   * Counts what changed and moves the task to the state that follows. Call it last in a
   * transaction: it locks the task's row.
   */
  void count(UUID task, Change change, String actor, String reason) {
    Counted counted =
        database
            .jdbc()
            .sql(COUNT)
            .param("task", task)
            .param("pending", change.pending())
            .param("ready", change.ready())
            .param("waiting", change.waiting())
            .param("failed", change.failed())
            .param("done", change.done())
            .query(
                (row, n) ->
                    new Counted(
                        new StepCounts(
                            row.getInt("pending"),
                            row.getInt("ready"),
                            row.getInt("waiting"),
                            row.getInt("failed"),
                            row.getInt("done")),
                        TaskState.of(row.getString("state"))))
            .single();
    TaskState next = counted.counts().taskState();
    boolean steered = counted.state().isFinal() || counted.state() == TaskState.PAUSED;
    if (next != counted.state() && !(steered && next != TaskState.COMPLETE)) {
      move(task, counted.state(), next, actor, reason);
    }
  }

  void move(UUID task, TaskState from, TaskState to, String actor, String reason) {
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
  }

  private record Counted(StepCounts counts, TaskState state) {}
}
