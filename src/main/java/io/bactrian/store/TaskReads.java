package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Progress;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.StepCounts;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Task;
import io.bactrian.task.TaskState;
import io.bactrian.task.TaskViews;
import io.bactrian.template.StepType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tasks, steps and progress as they stand. */
public final class TaskReads implements TaskViews {
  static final String TASK =
      """
      select t.task_uuid, p.namespace, p.name, p.version, t.state, t.context, t.created_at,
             t.updated_at, t.completed_at, t.idempotency_key, t.priority, t.tags, t.correlation_id,
             t.parent_correlation_id, t.initiator, t.reason, g.pending, g.ready, g.waiting, g.failed, g.done
      from tasks t
      join task_templates p using (template_id)
      join task_gates g using (task_uuid)
      """;

  private final Database database;
  private final ReceiptTable receipts;

  public TaskReads(Database database) {
    this.database = database;
    this.receipts = new ReceiptTable(database);
  }

  @Override
  public Optional<Task> find(UUID task) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(TASK + "where t.task_uuid = :task")
                .param("task", task)
                .query(TaskReads::task)
                .optional());
  }

  @Override
  public Optional<Receipt> receipt(UUID task) {
    return receipts.find(task);
  }

  @Override
  public List<Task> newest(int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(TASK + "order by t.created_at desc, t.task_uuid limit :most")
                .param("most", limit)
                .query(TaskReads::task)
                .list());
  }

  @Override
  public List<Task> running() {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(
                    TASK
                        + """
                where t.state in ('pending', 'steps_in_process', 'waiting_for_retry')
                order by t.created_at, t.task_uuid
                """)
                .query(TaskReads::task)
                .list());
  }

  private static final String STEPS =
      """
      select s.step_uuid, s.name, s.template_step, s.type, s.state, s.attempts, s.max_attempts,
             s.results, array(
               select distinct p.template_step from step_edges e
               join workflow_steps p on p.step_uuid = e.from_step
               where e.to_step = s.step_uuid order by 1) as parents
      from workflow_steps s
      where s.task_uuid = :task
      order by s.position, s.batch_index
      """;

  @Override
  public List<Step> steps(UUID task) {
    return database.read(
        () -> database.jdbc().sql(STEPS).param("task", task).query(TaskReads::step).list());
  }

  private static final String PROGRESS =
      """
      select t.state,
        (select coalesce(sum(p.record_count), 0) from workflow_steps s
           join step_plans using (step_uuid) join plans p using (plan_id)
           where s.task_uuid = t.task_uuid) as rows_total,
        coalesce(work.rows_done, 0) as rows_done,
        coalesce(work.rows_rejected, 0) as rows_rejected,
        (select count(*) from workflow_steps s
           where s.task_uuid = t.task_uuid and s.state = 'in_progress') as running
      from tasks t
      cross join lateral (
        select sum(c.records_read) as rows_done, sum(c.records_rejected) as rows_rejected
        from workflow_steps s join checkpoints c using (step_uuid)
        where s.task_uuid = t.task_uuid) work
      where t.task_uuid = :task
      """;

  @Override
  public Progress progress(UUID task) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(PROGRESS)
                .param("task", task)
                .query(
                    (row, n) ->
                        new Progress(
                            TaskState.of(row.getString("state")),
                            row.getLong("rows_total"),
                            row.getLong("rows_done"),
                            row.getLong("rows_rejected"),
                            row.getInt("running")))
                .single());
  }

  static Task task(ResultSet row, int number) throws SQLException {
    return new Task(
        row.getObject("task_uuid", UUID.class),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("version"),
        TaskState.of(row.getString("state")),
        Json.readObject(row.getString("context")),
        new StepCounts(
            row.getInt("pending"),
            row.getInt("ready"),
            row.getInt("waiting"),
            row.getInt("failed"),
            row.getInt("done")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        completed(row),
        options(row));
  }

  static SubmitOptions options(ResultSet row) throws SQLException {
    return new SubmitOptions(
        Optional.ofNullable(row.getString("idempotency_key")),
        OnDuplicate.RETURN_EXISTING,
        row.getInt("priority"),
        Arrays.asList((String[]) row.getArray("tags").getArray()),
        new Origin(
            row.getString("initiator"),
            row.getString("reason"),
            Optional.ofNullable(row.getString("correlation_id")),
            Optional.ofNullable(row.getString("parent_correlation_id"))));
  }

  private static Optional<Instant> completed(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("completed_at", OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Step step(ResultSet row, int number) throws SQLException {
    String results = row.getString("results");
    Optional<Map<String, Object>> read = Optional.ofNullable(results).map(Json::readObject);
    return new Step(
        row.getObject("step_uuid", UUID.class),
        row.getString("name"),
        row.getString("template_step"),
        StepType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
        StepState.of(row.getString("state")),
        row.getInt("attempts"),
        row.getInt("max_attempts"),
        Arrays.asList((String[]) row.getArray("parents").getArray()),
        read);
  }
}
