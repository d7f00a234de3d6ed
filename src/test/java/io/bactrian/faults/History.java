package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables into which the workload writes, a history of all checkpoints kept by a trigger, and
 * the rules that claims, checkpoints and effects must obey together.
 */
final class History {
  private final JdbcClient sql;

  History(DataSource source) {
    this.sql = JdbcClient.create(source);
  }

  private static final String INSTALL =
      """
      create sequence if not exists records_handled;
      create table if not exists effects_once (
        task_uuid uuid not null, ordinal bigint not null, value numeric not null,
        step_uuid uuid not null, epoch int not null, primary key (task_uuid, ordinal));
      create table if not exists effects_log (
        task_uuid uuid not null, ordinal bigint not null, value numeric not null,
        step_uuid uuid not null, epoch int not null);
      create table if not exists checkpoint_history (
        id bigint generated always as identity primary key,
        step_uuid uuid not null, epoch int not null, position bigint not null,
        records bigint not null);
      create or replace function keep_checkpoint() returns trigger language plpgsql as $$
        begin
          insert into checkpoint_history (step_uuid, epoch, position, records)
          values (new.step_uuid, new.epoch, new.position,
                  new.records_written
                    - case when tg_op = 'UPDATE' then old.records_written else 0 end);
          return new;
        end $$;
      create or replace trigger checkpoint_history after insert or update on checkpoints
        for each row execute function keep_checkpoint();
      """;

  void install() {
    sql.sql(INSTALL).update();
  }

  private static final String TWO_OWNERS =
      """
      select s.name || ' epoch ' || t.epoch from step_transitions t
      join workflow_steps s using (step_uuid)
      where s.task_uuid = :task and t.to_state = 'in_progress'
      group by s.name, t.epoch having count(*) > 1
      """;

  private static final String EPOCH_WITHOUT_CLAIM =
      """
      select s.name || ' epoch ' || s.epoch from workflow_steps s
      where s.task_uuid = :task and s.epoch <> (
        select count(*) from step_transitions t
        where t.step_uuid = s.step_uuid and t.to_state = 'in_progress')
      """;

  private static final String BACKWARDS =
      """
      select name || ' at ' || position from (
        select s.name, h.position, h.epoch,
               lag(h.position) over w as position_before, lag(h.epoch) over w as epoch_before
        from checkpoint_history h join workflow_steps s using (step_uuid)
        where s.task_uuid = :task window w as (partition by h.step_uuid order by h.id)) as step
      where position <= position_before or epoch < epoch_before
      """;

  /** What an epoch wrote is what its checkpoints say: no more, no less, in either table. */
  private static final String UNBALANCED =
      """
      select s.name || ' epoch ' || x.epoch || ': ' || array_to_string(array_agg(x.n), ' / ')
      from (
        select step_uuid, epoch, sum(records) as n, 1 as kind from checkpoint_history
          group by 1, 2 having sum(records) > 0
        union all select step_uuid, epoch, count(*), 2 from effects_once group by 1, 2
        union all select step_uuid, epoch, count(*), 3 from effects_log group by 1, 2) as x
      join workflow_steps s using (step_uuid)
      where s.task_uuid = :task
      group by s.name, x.epoch having count(*) <> 3 or min(x.n) <> max(x.n)
      """;

  /** What was set aside is what the checkpoints say, and what counts against the limit. */
  private static final String MISCOUNTED =
      """
      select s.name || ': ' || c.records_read || ' <> ' || c.records_written || ' + '
          || c.records_rejected || ' (' || count(r.*) || ')'
      from checkpoints c join workflow_steps s using (step_uuid) left join rejects r using (step_uuid)
      where s.task_uuid = :task
      group by s.name, c.records_read, c.records_written, c.records_rejected
      having c.records_read <> c.records_written + c.records_rejected
        or c.records_rejected <> count(r.*)
      union all
      select 'counts ' || b.rejected from reject_budgets b
      where b.task_uuid = :task and b.rejected <> (
        select count(*) from rejects r join workflow_steps s using (step_uuid)
        where s.task_uuid = b.task_uuid)
      """;

  private static final String NOT_ONCE_COMPLETE =
      """
      select s.name || ' completed ' || count(t.*) || ' times' from workflow_steps s
      left join step_transitions t on t.step_uuid = s.step_uuid and t.to_state = 'complete'
      where s.task_uuid = :task group by s.name having count(t.*) <> 1
      """;

  private static final String WRONG_GATES =
      """
      select s.name || ' waits for ' || g.pending from step_gates g
      join workflow_steps s using (step_uuid) where s.task_uuid = :task and g.pending <> 0
      union all
      select 'counts ' || g from task_gates g
      where task_uuid = :task and (pending, ready, waiting, failed) <> (0, 0, 0, 0)
      """;

  /** Holds a complete task against every rule. */
  void check(UUID task, Workload workload) {
    assertThat(found(TWO_OWNERS, task)).as("one owner per epoch").isEmpty();
    assertThat(found(EPOCH_WITHOUT_CLAIM, task)).as("epochs grow by claims alone").isEmpty();
    assertThat(found(BACKWARDS, task)).as("positions never go back").isEmpty();
    checkCounts(task);
    assertThat(rejects(task)).as("rejects, byte for byte").isEqualTo(workload.bad());
    assertThat(found(NOT_ONCE_COMPLETE, task)).as("each step completes once").isEmpty();
    assertThat(found(WRONG_GATES, task)).as("nothing is left to wait for").isEmpty();
    assertThat(lost(task, workload)).as("lost").isZero();
    assertThat(
            sql.sql("select sum(value) from effects_log where task_uuid = :task")
                .param("task", task)
                .query(BigDecimal.class)
                .single())
        .isEqualByComparingTo(workload.sum());
  }

  /** Holds a task against the rules that are true of it before it is complete, too. */
  void checkCounts(UUID task) {
    assertThat(found(UNBALANCED, task))
        .as("checkpoint / once / log: records by step and epoch")
        .isEmpty();
    assertThat(found(MISCOUNTED, task)).as("rejects, as counted").isEmpty();
    assertThat(doubled(task)).as("doubled").isZero();
  }

  private List<String> found(String rule, UUID task) {
    return sql.sql(rule).param("task", task).query(String.class).list();
  }

  /** The records of a task that were set aside, by ordinal. */
  private Map<Long, String> rejects(UUID task) {
    var rejects = new TreeMap<Long, String>();
    sql.sql(
            "select ordinal, record from rejects join workflow_steps using (step_uuid) where task_uuid = :task")
        .param("task", task)
        .query(
            row -> {
              rejects.put(row.getLong(1), new String(row.getBytes(2), StandardCharsets.UTF_8));
            });
    return rejects;
  }

  /** Records neither set aside nor with an effect, or with one in only one of the tables. */
  long lost(UUID task, Workload workload) {
    return number(
        """
        select count(*) from generate_series(1, %d) as o (ordinal)
        where not exists (
          select 1 from rejects r join workflow_steps s using (step_uuid)
          where s.task_uuid = :task and r.ordinal = o.ordinal)
        and (not exists (
            select 1 from effects_once e where e.task_uuid = :task and e.ordinal = o.ordinal)
          or not exists (
            select 1 from effects_log l where l.task_uuid = :task and l.ordinal = o.ordinal))
        """
            .formatted(workload.records()),
        task);
  }

  /** Effects beyond the first of a record, and those of records that were set aside as well. */
  long doubled(UUID task) {
    return number(
        """
        select count(*) - count(distinct ordinal) + count(*) filter (where ordinal in (
          select r.ordinal from rejects r join workflow_steps s using (step_uuid)
          where s.task_uuid = :task))
        from effects_log where task_uuid = :task
        """,
        task);
  }

  /** Leases that others took over. */
  long takeovers() {
    return sql.sql("select count(*) from step_transitions where reason like 'lease lost%'")
        .query(Long.class)
        .single();
  }

  /** Records that were handled, in vain ones included. */
  long handled() {
    return sql.sql("select case when is_called then last_value else 0 end from records_handled")
        .query(Long.class)
        .single();
  }

  private long number(String query, UUID task) {
    return sql.sql(query).param("task", task).query(Long.class).single();
  }
}
