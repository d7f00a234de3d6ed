package io.bactrian.store;

import io.bactrian.task.Insights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What dashboards and operators ask; see the SQL for what each figure means. */
public final class InsightReads implements Insights {
  private final Database database;

  public InsightReads(Database database) {
    this.database = database;
  }

  private static final String TASK_TRANSITIONS =
      """
      select from_state, to_state, at, actor, reason from task_transitions
      where task_uuid = :id order by transition_id limit 1000
      """;

  @Override
  public List<Map<String, Object>> taskTransitions(UUID task) {
    return list(TASK_TRANSITIONS, task);
  }

  private static final String STEP_TRANSITIONS =
      """
      select from_state, to_state, epoch, at, actor, reason from step_transitions
      where step_uuid = :id order by transition_id limit 1000
      """;

  @Override
  public List<Map<String, Object>> stepTransitions(UUID step) {
    return list(STEP_TRANSITIONS, step);
  }

  private static final String STEP_ATTEMPTS =
      """
      select epoch, attempt, node_uuid, started_at, ended_at, outcome, error from step_attempts
      where step_uuid = :id order by epoch limit 1000
      """;

  @Override
  public List<Map<String, Object>> stepAttempts(UUID step) {
    return list(STEP_ATTEMPTS, step);
  }

  private static final String PROGRESS =
      """
      with work as (
        select coalesce(sum(c.records_read), 0) as done,
               coalesce(sum(c.records_rejected), 0) as rejected,
               min(s.started_at) as began, max(c.updated_at) as last
        from workflow_steps s join checkpoints c using (step_uuid) where s.task_uuid = :id),
      planned as (
        select coalesce(sum(p.record_count), 0) as total from workflow_steps s
        join step_plans using (step_uuid) join plans p using (plan_id)
        where s.task_uuid = :id and s.type = 'batchable'),
      figures as (
        select t.state, total, done, rejected, began,
               case when last > began
                    then done / extract(epoch from last - began)::numeric end as rate,
               coalesce(t.completed_at, engine_now()) - t.created_at as age
        from tasks t, work, planned where t.task_uuid = :id)
      select state as status, total::bigint as rows_total, done::bigint as rows_done,
             rejected::bigint as rows_rejected, round(rate, 1) as rows_per_second,
             case when state not in ('complete', 'cancelled', 'resolved_manually', 'error')
                   and rate > 0 and total >= done
                  then ceil((total - done) / rate)::bigint end as eta_seconds,
             round(extract(epoch from age)::numeric, 3) as elapsed_seconds
      from figures
      """;

  @Override
  public Map<String, Object> progress(UUID task) {
    return list(PROGRESS, task).get(0);
  }

  /** A worker's records: of its range and of its checkpoint. */
  private static final String WORKERS =
      """
      select s.step_uuid, s.name, s.state, s.attempts, coalesce(c.records_read, 0) as rows_done,
             case when json_typeof(s.inputs #> '{cursor,batch_size}') = 'number'
                  then (s.inputs #>> '{cursor,batch_size}')::numeric::bigint end as rows_total,
             s.claimed_at as started_at, s.completed_at
      from workflow_steps s left join checkpoints c using (step_uuid)
      where s.task_uuid = :id and s.type = 'batch_worker'
      """;

  private static final String STRAGGLERS =
      """
      with usual as (
        select percentile_cont(0.5) within group (order by s.completed_at - s.claimed_at) as time
        from workflow_steps s
        where s.task_uuid = :id and s.type = 'batch_worker' and s.state = 'complete')
      select w.step_uuid, w.name, w.rows_done, w.rows_total, w.started_at,
             round(extract(epoch from engine_now() - w.started_at)::numeric, 3) as running_seconds,
             round(extract(epoch from usual.time)::numeric, 3) as usual_seconds
      from (%s) w, usual
      where w.state = 'in_progress' and engine_now() - w.started_at > 2 * usual.time
      order by w.started_at limit :most
      """
          .formatted(WORKERS);

  @Override
  public List<Map<String, Object>> stragglers(UUID task, int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(STRAGGLERS)
                .param("id", task)
                .param("most", limit)
                .query(Rows::json)
                .list());
  }

  @Override
  public List<Map<String, Object>> batches(UUID task) {
    return list(WORKERS + "order by s.position, s.batch_index limit 100000", task);
  }

  private static final String NODES =
      """
      select n.node_uuid, n.host, n.pid, n.started_at, n.alive_until,
             n.alive_until > engine_now() as alive, n.own_tasks_only, n.slots,
             (select count(*) from workflow_steps s
              where s.state = 'in_progress' and s.node_uuid = n.node_uuid) as steps_in_progress
      from nodes n where n.alive_until > engine_now() - interval '1 hour'
      order by alive desc, n.started_at desc limit 500
      """;

  @Override
  public List<Map<String, Object>> nodes() {
    return database.read(() -> database.jdbc().sql(NODES).query(Rows::json).list());
  }

  private static final String RECENT =
      """
      with recent as (
        select t.*, p.namespace, p.name, p.version from tasks t
        join task_templates p using (template_id)
        where t.created_at > engine_now() - :hours * interval '1 hour'
          and (cast(:namespaces as text[]) is null
               or p.namespace = any(cast(:namespaces as text[]))))
      """;

  private static final String TASKS =
      RECENT
          + """
          select namespace, name, version, count(*) as tasks,
                 count(*) filter (where state = 'complete') as complete,
                 count(*) filter (where state in ('blocked_by_failures', 'error')) as failed,
                 round(avg(extract(epoch from completed_at - created_at))::numeric, 3)
                   as average_seconds,
                 round((percentile_cont(0.95) within group
                   (order by extract(epoch from completed_at - created_at)))::numeric, 3)
                   as p95_seconds
          from recent group by namespace, name, version order by tasks desc, namespace, name
          limit 200
          """;

  private static final String STEPS =
      RECENT
          + """
          select r.namespace, r.name, s.template_step as step, s.type, count(*) as attempts,
                 count(*) filter (where a.outcome = 'failed') as failed,
                 round(avg(extract(epoch from a.ended_at - a.started_at))::numeric, 3)
                   as average_seconds,
                 round((percentile_cont(0.95) within group
                   (order by extract(epoch from a.ended_at - a.started_at)))::numeric, 3)
                   as p95_seconds,
                 round(sum(extract(epoch from a.ended_at - a.started_at))::numeric, 3)
                   as busy_seconds
          from recent r join workflow_steps s using (task_uuid) join step_attempts a using (step_uuid)
          group by r.namespace, r.name, s.template_step, s.type
          order by busy_seconds desc limit :most
          """;

  @Override
  public Map<String, Object> performance(Window window) {
    return database.read(
        () -> {
          var answer = new LinkedHashMap<String, Object>();
          answer.put("hours", window.hours());
          answer.put("templates", over(TASKS, window).query(Rows::json).list());
          answer.put("steps", over(STEPS, window).param("most", 200).query(Rows::json).list());
          return answer;
        });
  }

  @Override
  public List<Map<String, Object>> bottlenecks(Window window, int limit) {
    return database.read(() -> over(STEPS, window).param("most", limit).query(Rows::json).list());
  }

  private JdbcClient.StatementSpec over(String sql, Window window) {
    return database
        .jdbc()
        .sql(sql)
        .param("hours", window.hours())
        .param("namespaces", window.namespaces().map(SqlArrays::texts).orElse(null));
  }

  private static final String ENQUEUED =
      """
      select count(*) from (
        select from workflow_steps where state = 'enqueued' limit :most) ready
      """;

  @Override
  public int enqueued(int limit) {
    return database.read(
        () -> database.jdbc().sql(ENQUEUED).param("most", limit).query(Integer.class).single());
  }

  private List<Map<String, Object>> list(String sql, UUID id) {
    return database.read(() -> database.jdbc().sql(sql).param("id", id).query(Rows::json).list());
  }
}
