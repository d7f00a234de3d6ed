package io.bactrian.store;

import io.bactrian.step.LeaseLost;
import io.bactrian.step.StepLease;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Moves running and waiting rows of {@code workflow_steps}; each move writes its transition row.
 */
final class StepTable {
  /** The end of every move: a transition row for each step the CTE {@code moved} changed. */
  private static final String LOG =
      """
      insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
      select step_uuid, :from_state, state, epoch, :actor, :reason from moved
      """;

  private final Database database;

  StepTable(Database database) {
    this.database = database;
  }

  private static final String COMPLETE =
      """
      with held as (
        select s.step_uuid, done.results
        from unnest(cast(:steps as uuid[]), cast(:epochs as int[]), cast(:results as text[]))
          as done (step_uuid, epoch, results)
        join workflow_steps s on s.step_uuid = done.step_uuid and s.epoch = done.epoch
        where s.state = 'in_progress'
        order by s.step_uuid for update of s),
      moved as (
        update workflow_steps s
        set state = 'complete', results = cast(held.results as json), completed_at = engine_now(),
            lease_until = null, node_uuid = null
        from held where s.step_uuid = held.step_uuid
        returning s.step_uuid, s.state, s.epoch),
      logged as (
        insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
        select step_uuid, 'in_progress', state, epoch, :actor, 'handler answered' from moved)
      select step_uuid from moved
      """;

  /**
   * Completes steps whose leases are held.
   *
   * @param results of each step, as JSON text
   * @return the steps that are complete now
   */
  Set<UUID> complete(Map<StepLease.Key, String> results, String actor) {
    Set<StepLease.Key> leases = results.keySet();
    return Set.copyOf(
        database
            .jdbc()
            .sql(COMPLETE)
            .param("steps", SqlArrays.uuids(leases.stream().map(StepLease.Key::stepUuid).toList()))
            .param(
                "epochs", leases.stream().map(key -> (Integer) key.epoch()).toArray(Integer[]::new))
            .param("results", results.values().toArray(String[]::new))
            .param("actor", actor)
            .query(UUID.class)
            .list());
  }

  private static final String RETRY_LATER =
      """
      with moved as (
        update workflow_steps
        set state = 'waiting_for_retry', results = cast(:results as json),
            next_retry_at = engine_now() + :delay * interval '1 millisecond',
            lease_until = null, node_uuid = null
        where step_uuid = :step and epoch = :epoch and state = 'in_progress'
        returning step_uuid, state, epoch)
      """
          + LOG;

  void retryLater(StepLease lease, String results, long delayMillis, String actor, String reason) {
    fenced(
        lease,
        database
            .jdbc()
            .sql(RETRY_LATER)
            .param("results", results)
            .param("delay", delayMillis)
            .param("from_state", "in_progress")
            .param("actor", actor)
            .param("reason", reason)
            .param("step", lease.stepUuid())
            .param("epoch", lease.epoch())
            .update());
  }

  private static final String FAIL =
      """
      with moved as (
        update workflow_steps
        set state = 'error', results = cast(:results as json), lease_until = null, node_uuid = null
        where step_uuid = :step and epoch = :epoch and state = 'in_progress'
        returning step_uuid, state, epoch)
      """
          + LOG;

  void fail(StepLease lease, String results, String actor, String reason) {
    fenced(
        lease,
        database
            .jdbc()
            .sql(FAIL)
            .param("results", results)
            .param("from_state", "in_progress")
            .param("actor", actor)
            .param("reason", reason)
            .param("step", lease.stepUuid())
            .param("epoch", lease.epoch())
            .update());
  }

  private static final String RELEASE =
      """
      with moved as (
        update workflow_steps
        set state = 'enqueued', attempts = attempts - 1, lease_until = null, node_uuid = null
        where step_uuid = :step and epoch = :epoch and state = 'in_progress'
        returning step_uuid, state, epoch)
      """
          + LOG;

  void release(StepLease lease, String actor, String reason) {
    fenced(
        lease,
        database
            .jdbc()
            .sql(RELEASE)
            .param("from_state", "in_progress")
            .param("actor", actor)
            .param("reason", reason)
            .param("step", lease.stepUuid())
            .param("epoch", lease.epoch())
            .update());
  }

  private static final String ENQUEUE =
      """
      with moved as (
        update workflow_steps set state = 'enqueued'
        where step_uuid = any(cast(:steps as uuid[])) and state = 'pending'
        returning step_uuid, state, epoch)
      """
          + LOG;

  /** Makes steps ready whose parents are all done; answers how many there were. */
  int enqueue(Collection<UUID> steps, String actor) {
    if (steps.isEmpty()) {
      return 0;
    }
    return database
        .jdbc()
        .sql(ENQUEUE)
        .param("steps", SqlArrays.uuids(steps))
        .param("from_state", "pending")
        .param("actor", actor)
        .param("reason", "all parents are done")
        .update();
  }

  private static final String DUE =
      """
      with due as (
        select step_uuid from workflow_steps
        where state = 'waiting_for_retry' and next_retry_at <= (select engine_now())
        order by next_retry_at limit 500 for update skip locked),
      moved as (
        update workflow_steps s set state = 'enqueued', next_retry_at = null
        from due where s.step_uuid = due.step_uuid
        returning s.step_uuid, s.task_uuid, s.state, s.epoch),
      logged as (
        insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
        select step_uuid, 'waiting_for_retry', state, epoch, :actor, 'retry is due' from moved)
      select task_uuid from moved
      """;

  /** Makes steps ready whose retry is due; answers the task of each. */
  List<UUID> enqueueDue(String actor) {
    return database.jdbc().sql(DUE).param("actor", actor).query(UUID.class).list();
  }

  private static final String CANCEL_OPEN =
      """
      with open as (
        select step_uuid, state as was from workflow_steps
        where task_uuid = :task and state not in ('complete', 'resolved_manually', 'cancelled')
        order by step_uuid for update),
      moved as (
        update workflow_steps s
        set state = 'cancelled', completed_at = engine_now(), lease_until = null, node_uuid = null,
            next_retry_at = null
        from open where s.step_uuid = open.step_uuid
        returning s.step_uuid, open.was, s.state, s.epoch)
      insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
      select step_uuid, was, state, epoch, :actor, :reason from moved
      """;

  /**
   * Cancels all open steps of a task. A step that completed while this waited for it may have made
   * workers that one statement does not see; so it looks until there is nothing open.
   */
  void cancelOpen(UUID task, String actor, String reason) {
    int cancelled;
    do {
      cancelled =
          database
              .jdbc()
              .sql(CANCEL_OPEN)
              .param("task", task)
              .param("actor", actor)
              .param("reason", reason)
              .update();
    } while (cancelled > 0);
  }

  private static void fenced(StepLease lease, int moved) {
    if (moved == 0) {
      throw new LeaseLost(lease.stepUuid(), lease.epoch());
    }
  }
}
