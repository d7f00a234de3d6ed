package io.bactrian.store;

import io.bactrian.step.StepState;
import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.By;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the strategy {@code fail_fast} does: the error of a worker cancels the other workers of its
 * template step; that of any other step cancels all that does not depend on it anyway. They come
 * back when what failed has been mended.
 */
final class FailFast {
  private final Database database;

  FailFast(Database database) {
    this.database = database;
  }

  private static final String STOP =
      """
      with recursive failed as (
        select step_uuid, task_uuid, template_step, type = 'batch_worker' as worker
        from workflow_steps where step_uuid = :step and fail_fast),
      below as (
        select e.to_step from step_edges e join failed f on f.step_uuid = e.from_step and not f.worker
        union
        select e.to_step from step_edges e join below b on b.to_step = e.from_step),
      siblings as (
        select s.step_uuid, s.state as was
        from workflow_steps s join failed f on f.task_uuid = s.task_uuid
        where s.step_uuid <> f.step_uuid
          and s.state in ('pending', 'enqueued', 'in_progress', 'waiting_for_retry')
          and case when f.worker then s.template_step = f.template_step
                   else s.step_uuid not in (select to_step from below) end
        order by s.step_uuid for update of s),
      moved as (
        update workflow_steps s
        set state = 'cancelled', completed_at = engine_now(), lease_until = null, node_uuid = null,
            next_retry_at = null,
            attempts = s.attempts - case when siblings.was = 'in_progress' then 1 else 0 end
        from siblings where s.step_uuid = siblings.step_uuid
        returning s.step_uuid, siblings.was, s.state, s.epoch),
      logged as (
        insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
        select step_uuid, was, state, epoch, :actor, :reason from moved)
      select was, count(*) as steps from moved group by was
      """;

  /** Cancels what the error of a step stops; answers what that does to the task's counts. */
  Change stopSiblings(UUID step, String name, String actor) {
    return database
        .jdbc()
        .sql(STOP)
        .param("step", step)
        .param("actor", actor)
        .param("reason", "fail_fast: %s is in error".formatted(name))
        .query((row, n) -> stopped(StepState.of(row.getString("was")), row.getInt("steps")))
        .list()
        .stream()
        .reduce(Change.NONE, Change::plus);
  }

  private static Change stopped(StepState was, int steps) {
    return switch (was) {
      case PENDING -> new Change(-steps, 0, 0, 0, steps);
      case ENQUEUED, IN_PROGRESS -> new Change(0, -steps, 0, 0, steps);
      case WAITING_FOR_RETRY -> new Change(0, 0, -steps, 0, steps);
      case COMPLETE, ERROR, RESOLVED_MANUALLY, CANCELLED ->
          throw new IllegalStateException("a step in state %s was cancelled".formatted(was));
    };
  }

  private static final String LOCK_GATES =
      """
      select g.step_uuid from step_gates g join workflow_steps s using (step_uuid)
      where s.task_uuid = :task and s.state = 'cancelled'
      order by g.step_uuid for update of g
      """;

  private static final String REOPEN =
      """
      with stopped as (
        select s.step_uuid from workflow_steps s
        where s.task_uuid = :task and s.state = 'cancelled'
          and not exists (
            select 1 from workflow_steps e
            where e.task_uuid = s.task_uuid and e.state = 'error' and e.fail_fast
              and (e.type <> 'batch_worker' or e.template_step = s.template_step))
        order by s.step_uuid for update of s),
      moved as (
        update workflow_steps s
        set completed_at = null,
            state = case when g.pending > 0 then 'pending' else 'enqueued' end
        from stopped left join step_gates g on g.step_uuid = stopped.step_uuid
        where s.step_uuid = stopped.step_uuid
        returning s.step_uuid, s.name, s.state, s.epoch, s.position, s.batch_index),
      logged as (
        insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
        select step_uuid, 'cancelled', state, epoch, :actor, :reason from moved)
      select name, state from moved order by position, batch_index
      """;

  /** Steps that came back, and what that does to the task's counts. */
  record Reopened(List<String> names, Change change) {}

  /** Brings back the steps that no step in error holds down any more. */
  Reopened reopen(UUID task, By by) {
    database.jdbc().sql(LOCK_GATES).param("task", task).query(UUID.class).list();
    var names = new ArrayList<String>();
    var ready = new int[1];
    database
        .jdbc()
        .sql(REOPEN)
        .param("task", task)
        .param("actor", by.actor())
        .param("reason", by.reason())
        .query(
            row -> {
              names.add(row.getString("name"));
              ready[0] += StepState.of(row.getString("state")) == StepState.ENQUEUED ? 1 : 0;
            });
    int all = names.size();
    return new Reopened(names, new Change(all - ready[0], ready[0], 0, 0, -all));
  }
}
