package io.bactrian.store;

import com.fasterxml.jackson.databind.node.NullNode;
import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.Page;
import io.bactrian.task.Step;
import io.bactrian.task.StepDetail;
import io.bactrian.task.StepQuery;
import io.bactrian.template.StepType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Steps of a task page by page, with all that is kept of them. */
final class StepPageReads {
  private static final String ASKED =
      """
      where s.task_uuid = :task
        and (cast(:state as text) is null or s.state = :state)
        and (cast(:type as text) is null or s.type = :type)
      """;

  private static final String DETAIL =
      """
      select s.step_uuid, s.name, s.template_step, s.type, s.state, s.attempts, s.max_attempts,
             s.results, s.inputs, s.next_retry_at, s.created_at, s.started_at, s.completed_at,
             coalesce(g.pending, 0) = 0 as satisfied,
             c.position, c.byte_offset, c.partial, c.cursor, c.records_read, c.records_written,
             c.records_filtered, c.records_rejected, c.updated_at as checkpoint_at,
             array(
               select distinct p.template_step from step_edges e
               join workflow_steps p on p.step_uuid = e.from_step
               where e.to_step = s.step_uuid order by 1) as parents
      from workflow_steps s
      left join step_gates g using (step_uuid)
      left join checkpoints c using (step_uuid)
      """;

  private final Database database;

  StepPageReads(Database database) {
    this.database = database;
  }

  Page<StepDetail> page(UUID task, StepQuery query, Page.Cut cut) {
    return database.read(
        () -> {
          long total =
              asked("select count(*) from workflow_steps s\n" + ASKED, task, query)
                  .query(Long.class)
                  .single();
          List<StepDetail> steps =
              asked(
                      DETAIL
                          + ASKED
                          + "order by s.position, s.batch_index limit :size offset :offset",
                      task,
                      query)
                  .param("size", cut.size())
                  .param("offset", cut.offset())
                  .query(StepPageReads::detail)
                  .list();
          return new Page<>(steps, cut.number(), cut.size(), total);
        });
  }

  private JdbcClient.StatementSpec asked(String sql, UUID task, StepQuery query) {
    return database
        .jdbc()
        .sql(sql)
        .param("task", task)
        .param("state", query.state().map(StepState::word).orElse(null))
        .param("type", query.type().map(StepType::word).orElse(null));
  }

  Optional<StepDetail> find(UUID task, UUID step) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(DETAIL + "where s.task_uuid = :task and s.step_uuid = :step")
                .param("task", task)
                .param("step", step)
                .query(StepPageReads::detail)
                .optional());
  }

  private static final String OUTLINE =
      """
      select s.step_uuid, s.name, s.template_step, s.type, s.state, s.attempts, s.max_attempts,
             null as results, array(
               select distinct p.template_step from step_edges e
               join workflow_steps p on p.step_uuid = e.from_step
               where e.to_step = s.step_uuid and s.type <> 'batch_worker'
               union select p.template_step from workflow_steps p
               where p.step_uuid = s.created_by and s.type = 'batch_worker'
               order by 1) as parents
      from workflow_steps s
      where s.task_uuid = :task
      order by s.position, s.batch_index
      """;

  List<Step> outline(UUID task) {
    return database.read(
        () -> database.jdbc().sql(OUTLINE).param("task", task).query(TaskReads::step).list());
  }

  private static StepDetail detail(ResultSet row, int number) throws SQLException {
    return new StepDetail(
        TaskReads.step(row, number),
        Json.readObject(row.getString("inputs")),
        checkpoint(row),
        row.getBoolean("satisfied"),
        instant(row, "next_retry_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "completed_at"));
  }

  private static Optional<Map<String, Object>> checkpoint(ResultSet row) throws SQLException {
    Optional<Instant> at = instant(row, "checkpoint_at");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    var checkpoint = new LinkedHashMap<String, Object>();
    checkpoint.put("position", row.getLong("position"));
    checkpoint.put("byte_offset", row.getLong("byte_offset"));
    checkpoint.put("partial", Json.readTree(row.getString("partial")));
    String cursor = row.getString("cursor");
    checkpoint.put("cursor", cursor == null ? NullNode.getInstance() : Json.readTree(cursor));
    for (String count :
        List.of("records_read", "records_written", "records_filtered", "records_rejected")) {
      checkpoint.put(count, row.getLong(count));
    }
    checkpoint.put("updated_at", at.get().toString());
    return Optional.of(checkpoint);
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
