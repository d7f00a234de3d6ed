package io.bactrian.store;

import java.util.UUID;

/**
 * One at a time for each task: who acts by hand, who stops siblings, who mends. Held until the
 * transaction ends, and always taken before any row of the task is locked. The running of steps
 * takes no part in it.
 */
final class TaskLock {
  private final Database database;

  TaskLock(Database database) {
    this.database = database;
  }

  private static final String HOLD =
      "select pg_advisory_xact_lock(hashtextextended(cast(:task as text), 0))";

  /** Waits for the lock. */
  void hold(UUID task) {
    database.jdbc().sql(HOLD).param("task", task).query((row, n) -> 0).list();
  }

  private static final String HOLD_IF_FAIL_FAST =
      """
      select pg_advisory_xact_lock(hashtextextended(cast(task_uuid as text), 0))
      from workflow_steps where step_uuid = :step and fail_fast
      """;

  /** Waits for the lock of the step's task, if the step's error stops others. */
  void holdIfFailFast(UUID step) {
    database.jdbc().sql(HOLD_IF_FAIL_FAST).param("step", step).query((row, n) -> 0).list();
  }

  private static final String TRY =
      "select pg_try_advisory_xact_lock(hashtextextended(cast(:task as text), 0))";

  /** Takes the lock unless somebody has it; answers whether it was taken. */
  boolean tryHold(UUID task) {
    return database.jdbc().sql(TRY).param("task", task).query(Boolean.class).single();
  }
}
