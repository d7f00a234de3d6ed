package io.bactrian.store;

import java.util.List;
import java.util.UUID;

/** Deletes the steps of tasks that have left, some at a time, with all that hangs on them. */
final class SweptSteps {
  private static final int TASKS = 50;
  private static final int STEPS = 500;

  private final Database database;

  SweptSteps(Database database) {
    this.database = database;
  }

  private static final String LEFT =
      "select task_uuid from task_receipts where steps_left order by pruned_at limit :most";

  boolean areLeft() {
    return database.read(() -> !tasks(1).isEmpty());
  }

  private List<UUID> tasks(int most) {
    return database.jdbc().sql(LEFT).param("most", most).query(UUID.class).list();
  }

  private static final String SOME =
      """
      select step_uuid from workflow_steps
      where task_uuid = any(cast(:tasks as uuid[])) limit :most
      """;

  /** What refers to a step, set by set; the constraints' own cascades would go row by row. */
  private static final List<String> DELETES =
      List.of(
          "delete from step_edges where from_step = any(cast(:steps as uuid[]))",
          "delete from step_edges where to_step = any(cast(:steps as uuid[]))",
          "delete from step_transitions where step_uuid = any(cast(:steps as uuid[]))",
          "delete from step_attempts where step_uuid = any(cast(:steps as uuid[]))",
          "delete from rejects where step_uuid = any(cast(:steps as uuid[]))",
          "delete from checkpoints where step_uuid = any(cast(:steps as uuid[]))",
          "delete from step_gates where step_uuid = any(cast(:steps as uuid[]))",
          "delete from step_plans where step_uuid = any(cast(:steps as uuid[]))",
          "delete from workflow_steps where step_uuid = any(cast(:steps as uuid[]))");

  private static final String DONE =
      """
      update task_receipts set steps_left = false
      where task_uuid = any(cast(:tasks as uuid[]))
      """;

  /** Deletes some; answers how many. */
  int delete() {
    List<UUID> tasks = tasks(TASKS);
    List<UUID> steps =
        database
            .jdbc()
            .sql(SOME)
            .param("tasks", SqlArrays.uuids(tasks))
            .param("most", STEPS)
            .query(UUID.class)
            .list();
    for (String delete : DELETES) {
      database.jdbc().sql(delete).param("steps", SqlArrays.uuids(steps)).update();
    }
    if (steps.size() < STEPS) {
      database.jdbc().sql(DONE).param("tasks", SqlArrays.uuids(tasks)).update();
    }
    return steps.size();
  }
}
