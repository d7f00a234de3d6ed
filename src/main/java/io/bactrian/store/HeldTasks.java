package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.task.PastSubmission;
import io.bactrian.task.TaskState;
import io.bactrian.task.UnknownTarget;
import java.util.UUID;

/** Finds the tasks that operators name. */
final class HeldTasks {
  private final Database database;
  private final TaskLock locks;

  HeldTasks(Database database) {
    this.database = database;
    this.locks = new TaskLock(database);
  }

  private static final String STATE = "select state from tasks where task_uuid = :task";

  /**
   * Takes the task's lock and answers its state, which only the running of its steps can still
   * change.
   */
  TaskState take(UUID task) {
    locks.hold(task);
    return check(task);
  }

  /** The state of a task that must be there. */
  TaskState check(UUID task) {
    return database
        .jdbc()
        .sql(STATE)
        .param("task", task)
        .query(String.class)
        .optional()
        .map(TaskState::of)
        .orElseThrow(() -> absent(task));
  }

  private UnknownTarget absent(UUID task) {
    return new ReceiptTable(database)
        .find(task)
        .map(receipt -> UnknownTarget.pruned(receipt.message()))
        .orElseGet(() -> new UnknownTarget("there is no task %s".formatted(task)));
  }

  private static final String SERVED =
      """
      select exists (
          select 1 from node_routes r join nodes n using (node_uuid)
          where n.alive_until > (select engine_now())
            and starts_with(r.route_id, concat(p.namespace, '/', p.name, '/', p.version, '/')))
        or exists (
          select 1 from nodes n
          where n.node_uuid = t.owner_node and n.alive_until > (select engine_now()))
      from tasks t join task_templates p using (template_id) where t.task_uuid = :task
      """;

  /** Whether a live node goes on with the task by itself. */
  boolean isServed(UUID task) {
    return database.jdbc().sql(SERVED).param("task", task).query(Boolean.class).single();
  }

  private static final String SUBMISSION =
      """
      select p.namespace, p.name, p.version, t.context, t.base_folder
      from tasks t join task_templates p using (template_id) where t.task_uuid = :task
      """;

  /** What was submitted when the task was made. */
  PastSubmission submission(UUID task) {
    return database
        .jdbc()
        .sql(SUBMISSION)
        .param("task", task)
        .query(
            (row, n) ->
                new PastSubmission(
                    "%s/%s@%s"
                        .formatted(
                            row.getString("namespace"),
                            row.getString("name"),
                            row.getString("version")),
                    Json.readObject(row.getString("context")),
                    row.getString("base_folder")))
        .single();
  }
}
