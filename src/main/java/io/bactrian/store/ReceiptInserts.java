package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** New rows of {@code task_receipts}, from tasks that are about to leave. */
final class ReceiptInserts {
  private static final int SMALL = 16 * 1024;
  private static final int MOST_STEPS = 1000;

  private final Database database;

  ReceiptInserts(Database database) {
    this.database = database;
  }

  private static final String TASKS =
      TaskReads.TASK + "where t.task_uuid = any(cast(:tasks as uuid[]))";

  private static final String INSERT =
      """
      insert into task_receipts
        (task_uuid, namespace, name, version, state, identity, superseded_by, idempotency_key,
         rerun_of, priority, tags, correlation_id, parent_correlation_id, initiator, reason,
         created_at, updated_at, completed_at, steps_total, steps_failed, steps_done, rows_total,
         rows_done, rows_rejected, result, result_sha256)
      select t.task_uuid, p.namespace, p.name, p.version, t.state, t.identity, t.superseded_by,
             t.idempotency_key, t.rerun_of, t.priority, t.tags, t.correlation_id,
             t.parent_correlation_id, t.initiator, t.reason, t.created_at, t.updated_at,
             t.completed_at, g.pending + g.ready + g.waiting + g.failed + g.done, g.failed, g.done,
             :rows_total, :rows_done, :rows_rejected, cast(:result as json), :sha256
      from tasks t join task_templates p using (template_id) join task_gates g using (task_uuid)
      where t.task_uuid = :task
      """;

  void insert(List<UUID> tasks) {
    List<Task> found =
        database
            .jdbc()
            .sql(TASKS)
            .param("tasks", SqlArrays.uuids(tasks))
            .query(TaskReads::task)
            .list();
    Map<UUID, TaskFigures> figures = new TaskFigureReads(database).of(found);
    Map<UUID, List<Step>> last = lastSteps(tasks);
    for (UUID task : tasks) {
      TaskFigures counted = figures.getOrDefault(task, TaskFigureReads.NONE);
      String result = result(last.getOrDefault(task, List.of()));
      database
          .jdbc()
          .sql(INSERT)
          .param("task", task)
          .param("rows_total", counted.rowsTotal())
          .param("rows_done", counted.rowsDone())
          .param("rows_rejected", counted.rowsRejected())
          .param("result", result != null && result.length() <= SMALL ? result : null)
          .param("sha256", result == null ? null : sha256(result))
          .update();
    }
  }

  private static final String LAST_STEPS =
      """
      with parents as (
        select distinct p.task_uuid, p.template_step
        from workflow_steps p join step_edges e on e.from_step = p.step_uuid
        where p.task_uuid = any(cast(:tasks as uuid[]))),
      last as (
        select s.*, row_number() over (
          partition by s.task_uuid order by s.position, s.batch_index) as place
        from workflow_steps s left join parents using (task_uuid, template_step)
        where s.task_uuid = any(cast(:tasks as uuid[])) and parents.task_uuid is null)
      select task_uuid, step_uuid, name, template_step, type, state, attempts, max_attempts, results,
             cast('{}' as text[]) as parents
      from last where place <= :most order by task_uuid, place
      """;

  /** The steps that no other depends on; a thousand and one where there are more. */
  private Map<UUID, List<Step>> lastSteps(List<UUID> tasks) {
    var last = new HashMap<UUID, List<Step>>();
    database
        .jdbc()
        .sql(LAST_STEPS)
        .param("tasks", SqlArrays.uuids(tasks))
        .param("most", MOST_STEPS + 1)
        .query(
            row -> {
              last.computeIfAbsent(
                      row.getObject("task_uuid", UUID.class), task -> new ArrayList<>())
                  .add(TaskReads.step(row, 0));
            });
    return last;
  }

  private static @Nullable String result(List<Step> last) {
    Object result = last.size() > MOST_STEPS ? null : TaskResult.of(last);
    return result == null ? null : Json.write(result);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
