package io.bactrian.store;

import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.TaskState;
import java.util.Optional;
import java.util.UUID;

/** Writes entries of {@code dead_letters} as part of the transactions that cause them. */
final class DeadLetterEntries {
  /** At most this many steps stand in a snapshot, failed ones first. */
  private static final int STEPS = 500;

  /** Task and steps as they are; needs tasks t, task_templates p, task_gates g. */
  private static final String SNAPSHOT =
      """
      json_build_object(
        'task_uuid', t.task_uuid, 'namespace', p.namespace, 'name', p.name, 'version', p.version,
        'status', t.state, 'context', t.context, 'created_at', t.created_at,
        'total_steps', g.pending + g.ready + g.waiting + g.failed + g.done,
        'pending_steps', g.pending, 'ready_steps', g.ready, 'waiting_steps', g.waiting,
        'failed_steps', g.failed, 'done_steps', g.done,
        'steps', (
          select coalesce(json_agg(step), '[]') from (
            select s.step_uuid, s.name, s.type, s.state as current_state, s.attempts, s.max_attempts,
                   s.results -> 'error' as error, s.next_retry_at, s.started_at
            from workflow_steps s where s.task_uuid = t.task_uuid
            order by s.state <> 'error', s.state in ('complete', 'resolved_manually'), s.position,
                     s.batch_index
            limit %d) as step))
      """
          .formatted(STEPS);

  private final Database database;

  DeadLetterEntries(Database database) {
    this.database = database;
  }

  /**
   * What a new entry says.
   *
   * @param task the task
   * @param step the step it begins with
   * @param reason why
   * @param detail what was found
   * @param actor who found it
   */
  record Finding(
      UUID task, Optional<UUID> step, DeadLetterReason reason, String detail, String actor) {}

  private static final String RAISE =
      """
      insert into dead_letters (task_uuid, step_uuid, reason, detail, snapshot, actor)
      select t.task_uuid, cast(:step as uuid), :reason, :detail,
      """
          + SNAPSHOT
          + """
          , :actor
          from tasks t join task_templates p using (template_id) join task_gates g using (task_uuid)
          where t.task_uuid = :task and not exists (
            select 1 from dead_letters d
            where d.task_uuid = :task and d.reason = :reason and d.resolution = 'pending')
          on conflict (task_uuid, reason) where resolution = 'pending' do nothing
          """;

  /** Makes an entry unless one of this task and reason is pending; answers whether it did. */
  boolean raise(Finding finding) {
    return database
            .jdbc()
            .sql(RAISE)
            .param("task", finding.task())
            .param("step", finding.step().map(UUID::toString).orElse(null))
            .param("reason", finding.reason().word())
            .param("detail", finding.detail())
            .param("actor", finding.actor())
            .update()
        > 0;
  }

  private static final String REFRESH =
      """
      update dead_letters d
      set updated_at = engine_now(), snapshot =
      """
          + SNAPSHOT
          + """
          from tasks t join task_templates p using (template_id) join task_gates g using (task_uuid)
          where t.task_uuid = :task and d.task_uuid = t.task_uuid and d.resolution = 'pending'
            and d.reason = 'max_retries_exceeded'
          """;

  /** Nothing of the task runs any more: the entry of its failures shows them all. */
  void refresh(UUID task) {
    database.jdbc().sql(REFRESH).param("task", task).update();
  }

  private static final String SETTLE =
      """
      update dead_letters
      set resolution = case
            when :state = 'cancelled' then 'cancelled'
            when :state = 'error' then 'permanently_failed'
            when :state = 'complete' and reason in
              ('staleness_timeout', 'worker_unavailable', 'dependency_cycle_detected') then 'recovered'
            else 'manually_resolved' end,
          resolved_at = engine_now(), resolved_by = :actor, updated_at = engine_now()
      where task_uuid = :task and resolution = 'pending'
      """;

  /** The task has ended, and its entries with it. */
  void settle(UUID task, TaskState state, String actor) {
    database
        .jdbc()
        .sql(SETTLE)
        .param("task", task)
        .param("state", state.word())
        .param("actor", actor)
        .update();
  }
}
