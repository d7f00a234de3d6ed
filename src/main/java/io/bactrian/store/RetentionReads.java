package io.bactrian.store;

import io.bactrian.task.Retention;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what is due to leave, in every table that it has rows in. */
final class RetentionReads {
  private final Database database;
  private final RetentionRules rules;

  RetentionReads(Database database, RetentionRules rules) {
    this.database = database;
    this.rules = rules;
  }

  private static final String ROWS_OF_TASKS =
      Stream.of(
              "tasks",
              "task_gates",
              "task_transitions",
              "worker_limits",
              "reject_budgets",
              "input_sightings",
              "dead_letters")
          .map(RetentionReads::ofTasks)
          .collect(Collectors.joining(" union all "));

  private static final String ROWS_OF_STEPS =
      Stream.of(
              "workflow_steps",
              "step_gates",
              "step_transitions",
              "step_attempts",
              "checkpoints",
              "rejects",
              "step_plans")
          .map(table -> ofSteps(table, "step_uuid"))
          .collect(Collectors.joining(" union all "));

  private static final String DUE =
      """
      with %s,
      due as (
        select t.task_uuid, t.template_id from tasks t join keeps k using (template_id)
        where t.completed_at < (select engine_now()) - k.keep
          and not exists (
            select from dead_letters d
            where d.task_uuid = t.task_uuid and d.resolution = 'pending')),
      due_steps as (
        select s.step_uuid, d.template_id from due d join workflow_steps s using (task_uuid)),
      counted as (%s union all %s union all %s)
      select p.namespace || '/' || p.name || '@' || p.version as template,
             extract(epoch from k.keep) as seconds,
             (select count(*) from tasks t
              where t.template_id = k.template_id and t.completed_at is not null) as finished,
             (select count(*) from due d where d.template_id = k.template_id) as tasks,
             (select count(*) from due_steps d where d.template_id = k.template_id) as steps,
             (select coalesce(sum(c.rows), 0) from counted c
              where c.template_id = k.template_id) as rows,
             (select coalesce(sum(c.bytes), 0) from counted c
              where c.template_id = k.template_id) as bytes
      from keeps k join task_templates p using (template_id)
      where exists (
        select from tasks t where t.template_id = k.template_id and t.completed_at is not null)
      order by p.namespace, p.name, p.version, p.template_id
      """
          .formatted(
              RetentionRules.KEEPS,
              ROWS_OF_TASKS,
              ROWS_OF_STEPS,
              ofSteps("step_edges", "from_step"));

  private static String ofTasks(String table) {
    return """
        select d.template_id, count(*) as rows, sum(pg_column_size(x.*)) as bytes
        from due d join %s x using (task_uuid) group by 1
        """
        .formatted(table);
  }

  private static String ofSteps(String table, String key) {
    return """
        select d.template_id, count(*), sum(pg_column_size(x.*))
        from due_steps d join %s x on x.%s = d.step_uuid group by 1
        """
        .formatted(table, key);
  }

  List<Retention.Due> due() {
    return database.read(
        () -> rules.with(database.jdbc().sql(DUE)).query(RetentionReads::ofTemplate).list());
  }

  private static Retention.Due ofTemplate(ResultSet row, int number) throws SQLException {
    BigDecimal seconds = row.getBigDecimal("seconds");
    return new Retention.Due(
        row.getString("template"),
        Optional.ofNullable(seconds).map(s -> Duration.ofSeconds(s.longValue())),
        row.getLong("finished"),
        row.getLong("tasks"),
        row.getLong("steps"),
        row.getLong("rows"),
        row.getLong("bytes"));
  }
}
