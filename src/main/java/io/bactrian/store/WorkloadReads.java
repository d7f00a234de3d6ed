package io.bactrian.store;

import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import io.bactrian.task.Workload;
import io.bactrian.task.Workload.Kind;
import io.bactrian.task.Workloads;
import io.bactrian.template.StepType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * The workload from the counts that are kept anyway: workers are counted as what {@code task_gates}
 * counts less the other steps, which are few. The rows of workers are not read, but for those in
 * progress.
 */
public final class WorkloadReads implements Workloads {
  /** Tasks that are looked at: with more of them the figures are those of so many. */
  private static final int MOST_TASKS = 100_000;

  /** Tasks whose next step is looked at for its age, the oldest ones. */
  private static final int MOST_AGES = 1_000;

  private static final long MILLIS = 1_000;

  private final Database database;

  public WorkloadReads(Database database) {
    this.database = database;
  }

  private record Row(String what, String type, String state, long count) {
    Kind kind() {
      return new Kind(StepType.valueOf(type.toUpperCase(Locale.ROOT)), StepState.of(state));
    }
  }

  static final String COUNTS =
      """
      with open as (
        select task_uuid, state from tasks
        where state in
          ('pending', 'steps_in_process', 'waiting_for_retry', 'paused', 'blocked_by_failures')
        limit :tasks),
      gates as (
        select coalesce(sum(g.pending), 0) as pending, coalesce(sum(g.ready), 0) as ready,
               coalesce(sum(g.waiting), 0) as waiting, coalesce(sum(g.failed), 0) as failed,
               coalesce(sum(g.ready) filter (where o.state = 'steps_in_process'), 0) as at_work
        from open o join task_gates g using (task_uuid)),
      leased as (
        select type, count(*) as steps from workflow_steps where state = 'in_progress' group by type)
      select 'task' as what, '' as type, state, count(*) from open group by state
      union all select 'all', '', 'pending', pending from gates
      union all select 'all', '', 'enqueued', ready from gates
      union all select 'all', '', 'waiting_for_retry', waiting from gates
      union all select 'all', '', 'error', failed from gates
      union all select 'queue', '', 'enqueued', at_work from gates
      union all select 'leased', type, 'in_progress', steps from leased
      union all
      select 'single', s.type, s.state, count(*) from open join workflow_steps s using (task_uuid)
      where s.type <> 'batch_worker' and s.state in ('pending', 'enqueued', 'waiting_for_retry', 'error')
      group by s.type, s.state
      """;

  static final String OLDEST =
      """
      with working as (
        select task_uuid from tasks where state = 'steps_in_process'
        order by created_at, task_uuid limit :tasks),
      next as (
        select s.step_uuid from working w cross join lateral (
          select step_uuid from workflow_steps
          where task_uuid = w.task_uuid and state = 'enqueued' and not limited
          order by turn, created_at, batch_index limit 1) s
        union all
        select s.step_uuid from working w join worker_limits l using (task_uuid)
        cross join lateral (
          select step_uuid from workflow_steps
          where task_uuid = w.task_uuid and template_step = l.template_step
            and state = 'enqueued' and limited
          order by batch_index limit 1) s)
      select coalesce(max(extract(epoch from engine_now() - ready.at)), 0) from next
      cross join lateral (
        select max(at) as at from step_transitions
        where step_uuid = next.step_uuid and to_state = 'enqueued') ready
      """;

  @Override
  public Workload now() {
    return database.read(() -> workload(rows(), oldest()));
  }

  private List<Row> rows() {
    return database
        .jdbc()
        .sql(COUNTS)
        .param("tasks", MOST_TASKS)
        .query(
            (row, n) ->
                new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
        .list();
  }

  private Duration oldest() {
    double seconds =
        database.jdbc().sql(OLDEST).param("tasks", MOST_AGES).query(Double.class).single();
    return Duration.ofMillis(Math.max(0, (long) (seconds * MILLIS)));
  }

  /** {@code all} counts steps of every type; what is left of it are the workers. */
  private static Workload workload(List<Row> rows, Duration oldest) {
    var tasks = new EnumMap<TaskState, Long>(TaskState.class);
    var workers = new EnumMap<StepState, Long>(StepState.class);
    var steps = new HashMap<Kind, Long>();
    long ready = 0;
    for (Row row : rows) {
      switch (row.what()) {
        case "task" -> tasks.put(TaskState.of(row.state()), row.count());
        case "all" -> workers.merge(StepState.of(row.state()), row.count(), Long::sum);
        case "queue" -> ready += row.count();
        case "leased" -> {
          steps.put(row.kind(), row.count());
          workers.merge(StepState.ENQUEUED, -row.count(), Long::sum);
          ready -= row.count();
        }
        default -> {
          steps.put(row.kind(), row.count());
          workers.merge(StepState.of(row.state()), -row.count(), Long::sum);
        }
      }
    }
    workers.forEach(
        (state, count) -> steps.put(new Kind(StepType.BATCH_WORKER, state), Math.max(0, count)));
    return new Workload(tasks, steps, Math.max(0, ready), oldest);
  }
}
