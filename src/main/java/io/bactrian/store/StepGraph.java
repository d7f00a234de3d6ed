package io.bactrian.store;

import io.bactrian.task.NewTask.NewStep;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Creates steps, the edges that their template declares, and their gates. */
final class StepGraph {
  private final Database database;

  StepGraph(Database database) {
    this.database = database;
  }

  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(:task, 5))";

  /**
   * Waits until no other transaction lets the graph of this task grow: both ends of an edge could
   * be created at once, and neither transaction would see the other end.
   */
  void lock(UUID task) {
    database.jdbc().sql(LOCK).param("task", task.toString()).query((row, n) -> 0).list();
  }

  private static final String INSERT =
      """
      with clock as materialized (
        select turn_now() + turn_cost(priority) as turn from tasks where task_uuid = :task),
      created as (
        insert into workflow_steps
          (task_uuid, name, template_step, route_id, type, position, inputs, max_attempts, fail_fast,
           folds_parents, turn)
        select :task, name, name, route, type, position, cast(inputs as json), most, fail_fast,
               folds_parents, clock.turn
        from clock, unnest(
               cast(:names as text[]), cast(:routes as text[]), cast(:types as text[]),
               cast(:positions as int[]), cast(:inputs as text[]), cast(:most as int[]),
               cast(:fail_fast as boolean[]), cast(:folds_parents as boolean[]))
          as s (name, route, type, position, inputs, most, fail_fast, folds_parents)
        returning step_uuid, state)
      insert into step_transitions (step_uuid, to_state, epoch, actor, reason)
      select step_uuid, state, 0, :actor, :reason from created
      """;

  /** Inserts steps that wait for everything; {@link #connect} links them. */
  void insert(UUID task, List<NewStep> steps, String actor, String reason) {
    database
        .jdbc()
        .sql(INSERT)
        .param("task", task)
        .param("names", texts(steps, NewStep::name))
        .param("routes", texts(steps, NewStep::routeId))
        .param("types", texts(steps, s -> s.type().word()))
        .param("positions", numbers(steps, NewStep::position))
        .param("inputs", texts(steps, NewStep::inputs))
        .param("most", numbers(steps, NewStep::maxAttempts))
        .param("fail_fast", flags(steps, NewStep::failFast))
        .param("folds_parents", flags(steps, NewStep::foldsParents))
        .param("actor", actor)
        .param("reason", reason)
        .update();
  }

  private static final String LOCK_PARENTS =
      """
      select count(*) from (
        select 1 from workflow_steps
        where task_uuid = :task and template_step = any(cast(:parents as text[]))
          and not name = any(cast(:children as text[]))
        order by step_uuid for share) as parent
      """;

  private static final String LINK =
      """
      insert into step_edges (from_step, to_step)
      select p.step_uuid, c.step_uuid
      from unnest(cast(:parents as text[]), cast(:children as text[])) as e (parent, child)
      join workflow_steps p on p.task_uuid = :task and p.template_step = e.parent
      join workflow_steps c on c.task_uuid = :task and c.name = e.child
      """;

  private static final String GATES =
      """
      with waiting as (
        select c.step_uuid,
          count(p.step_uuid) filter (where p.state not in ('complete', 'resolved_manually')) as pending,
          count(p.step_uuid) filter (
            where s.folds_parents or (p.type = 'batch_worker' and not p.is_no_op)) as expected
        from unnest(cast(:names as text[]), cast(:folds_parents as boolean[]))
          as s (name, folds_parents)
        join workflow_steps c on c.task_uuid = :task and c.name = s.name
        left join step_edges e on e.to_step = c.step_uuid
        left join workflow_steps p on p.step_uuid = e.from_step
        group by c.step_uuid),
      gates as (
        insert into step_gates (step_uuid, pending, expected)
        select step_uuid, pending, expected from waiting where pending > 0 or expected > 0)
      select step_uuid from waiting where pending = 0
      """;

  /**
   * Links new steps with those they wait for and counts these; answers the steps that need not
   * wait.
   *
   * <p>The parents are locked first, so that one finishing right now either is seen as done or sees
   * the new edges.
   */
  List<UUID> connect(UUID task, List<NewStep> steps) {
    var parents = new ArrayList<String>();
    var children = new ArrayList<String>();
    for (NewStep step : steps) {
      for (String parent : step.parents()) {
        parents.add(parent);
        children.add(step.name());
      }
    }
    for (String sql : List.of(LOCK_PARENTS, LINK)) {
      var statement =
          database
              .jdbc()
              .sql(sql)
              .param("task", task)
              .param("parents", SqlArrays.texts(parents))
              .param("children", SqlArrays.texts(children));
      if (sql.equals(LINK)) {
        statement.update();
      } else {
        statement.query((row, n) -> 0).list();
      }
    }
    return database
        .jdbc()
        .sql(GATES)
        .param("task", task)
        .param("names", texts(steps, NewStep::name))
        .param("folds_parents", flags(steps, NewStep::foldsParents))
        .query(UUID.class)
        .list();
  }

  private static final String HOLD_BACK =
      """
      with edges as (
        insert into step_edges (from_step, to_step)
        select p.step_uuid, c.step_uuid
        from unnest(cast(:parents as text[]), cast(:workers as text[])) as e (parent, worker)
        join workflow_steps p on p.task_uuid = :task and p.name = e.parent
        join workflow_steps c on c.task_uuid = :task and c.template_step = e.worker
        returning to_step),
      held as (
        select g.step_uuid from step_gates g
        where g.step_uuid in (select to_step from edges) order by g.step_uuid for update)
      update step_gates g
      set pending = g.pending + (select count(*) from edges where to_step = g.step_uuid)
      from held where g.step_uuid = held.step_uuid
      """;

  /** Makes workers that exist already wait for new steps too; lists of equal length. */
  void holdBack(UUID task, List<String> parents, List<String> workerTemplates) {
    database
        .jdbc()
        .sql(HOLD_BACK)
        .param("task", task)
        .param("parents", SqlArrays.texts(parents))
        .param("workers", SqlArrays.texts(workerTemplates))
        .update();
  }

  private static Boolean[] flags(List<NewStep> steps, Function<NewStep, Boolean> value) {
    return steps.stream().map(value).toArray(Boolean[]::new);
  }

  private static String[] texts(List<NewStep> steps, Function<NewStep, String> value) {
    return steps.stream().map(value).toArray(String[]::new);
  }

  private static Integer[] numbers(List<NewStep> steps, Function<NewStep, Integer> value) {
    return steps.stream().map(value).toArray(Integer[]::new);
  }
}
