package io.bactrian.store;

import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import java.util.UUID;

/**
 * Creates all workers of a batchable step, their edges, gates and first transitions: O(1)
 * statements.
 */
final class WorkerTable {
  private final Database database;
  private final RejectTable rejects;

  WorkerTable(Database database) {
    this.database = database;
    this.rejects = new RejectTable(database);
  }

  private static final String LOCK_PARENTS =
      """
      select count(*) filter (where state not in ('complete', 'resolved_manually'))
      from (
        select state from workflow_steps
        where task_uuid = :task and template_step = any(cast(:parents as text[]))
          and step_uuid <> :creator
        order by step_uuid for share) as parent
      """;

  private static final String INSERT =
      """
      with clock as materialized (
        select greatest(turn_now(), s.turn) as now, turn_cost(t.priority) as cost
        from tasks t join workflow_steps s using (task_uuid) where s.step_uuid = :creator),
      created as (
        insert into workflow_steps
          (task_uuid, name, template_step, route_id, type, position, batch_index, created_by,
           is_no_op, state, inputs, max_attempts, limited, fail_fast, turn)
        select :task, w.name, :template_step, :route, 'batch_worker', :position, w.nth - 1, :creator,
               :no_op, :state, cast(w.inputs as json), :max_attempts, :limited,
               coalesce(cast(w.inputs as json) #>> '{batch_metadata,failure_strategy}' = 'fail_fast', false),
               clock.now + w.nth * clock.cost
        from clock, unnest(cast(:names as text[]), cast(:inputs as text[]))
          with ordinality as w (name, inputs, nth)
        returning step_uuid, state),
      gates as (
        insert into step_gates (step_uuid, pending)
        select step_uuid, :open from created where :open > 0),
      parents as (
        select step_uuid from workflow_steps
        where task_uuid = :task and template_step = any(cast(:parents as text[]))),
      dependents as (
        select step_uuid from workflow_steps
        where task_uuid = :task and template_step = any(cast(:dependents as text[]))),
      edges as (
        insert into step_edges (from_step, to_step)
        select parents.step_uuid, created.step_uuid from parents cross join created
        union all
        select created.step_uuid, dependents.step_uuid from created cross join dependents)
      insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
      select step_uuid, null, state, 0, :actor, :reason from created
      """;

  private static final String LIMIT =
      """
      insert into worker_limits (task_uuid, template_step, max_parallel)
      values (:task, :template_step, :max_parallel)
      on conflict (task_uuid, template_step) do nothing
      """;

  /**
   * Inserts the workers, ready unless another parent is still open; answers how many are ready.
   *
   * <p>The other parents are locked first, so that one finishing right now either is seen as done
   * or sees the new edges.
   */
  int create(StepLease creator, NewWorkers workers, boolean noOp, String actor) {
    UUID task = creator.taskUuid();
    int open =
        database
            .jdbc()
            .sql(LOCK_PARENTS)
            .param("task", task)
            .param("parents", SqlArrays.texts(workers.parents()))
            .param("creator", creator.stepUuid())
            .query(Integer.class)
            .single();
    workers.maxParallel().ifPresent(most -> limit(task, workers.templateStep(), most));
    workers.maxRejects().ifPresent(most -> rejects.limit(task, workers.templateStep(), most));
    database
        .jdbc()
        .sql(INSERT)
        .param("task", task)
        .param("template_step", workers.templateStep())
        .param("route", workers.routeId())
        .param("position", workers.position())
        .param("creator", creator.stepUuid())
        .param("no_op", noOp)
        .param("state", open > 0 ? "pending" : "enqueued")
        .param("max_attempts", workers.maxAttempts())
        .param("limited", workers.maxParallel().isPresent())
        .param(
            "names", workers.workers().stream().map(NewWorkers.Worker::name).toArray(String[]::new))
        .param(
            "inputs",
            workers.workers().stream().map(NewWorkers.Worker::inputs).toArray(String[]::new))
        .param("open", open)
        .param("parents", SqlArrays.texts(workers.parents()))
        .param("dependents", SqlArrays.texts(workers.dependents()))
        .param("actor", actor)
        .param("reason", "created by " + creator.name())
        .update();
    return open > 0 ? 0 : workers.workers().size();
  }

  private void limit(UUID task, String templateStep, int most) {
    database
        .jdbc()
        .sql(LIMIT)
        .param("task", task)
        .param("template_step", templateStep)
        .param("max_parallel", most)
        .update();
  }
}
