package io.bactrian.store;

import io.bactrian.step.InputSightings;
import io.bactrian.step.StepLease;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The table {@code input_sightings}. */
public final class InputTable implements InputSightings {
  private final Database database;
  private final String actor;
  private final Duration wait;
  private final StepTable steps;

  /**
   * @param wait how long a node that does not see an input stays away, and how long nobody must
   *     have seen it until the step fails
   */
  public InputTable(Database database, String actor, Duration wait) {
    this.database = database;
    this.actor = actor;
    this.wait = wait;
    this.steps = new StepTable(database);
  }

  private static final String SEEN =
      """
      insert into input_sightings (task_uuid, node_uuid, seen, found)
      select task_uuid, node_uuid, true, 'the planned file' from workflow_steps
      where step_uuid = :step and epoch = :epoch and state = 'in_progress'
      on conflict (task_uuid, node_uuid) do update
      set seen = true, found = excluded.found, since = engine_now(), stays_away_until = null
      where not input_sightings.seen
      """;

  @Override
  public void seen(UUID stepUuid, int epoch) {
    database.commit(
        Fact.SEE_INPUT,
        () -> {
          database.jdbc().sql(SEEN).param("step", stepUuid).param("epoch", epoch).update();
        });
  }

  private static final String NOT_SEEN =
      """
      insert into input_sightings as i
        (task_uuid, node_uuid, seen, found, stays_away_until)
      select task_uuid, node_uuid, false, :found,
             engine_now() + :wait * interval '1 millisecond'
      from workflow_steps
      where step_uuid = :step and epoch = :epoch and state = 'in_progress'
      on conflict (task_uuid, node_uuid) do update
      set seen = false, found = excluded.found, stays_away_until = excluded.stays_away_until,
          since = case when i.stays_away_until > engine_now() - :wait * interval '1 millisecond'
                    then i.since else engine_now() end
      """;

  /** Who may run the step: a node that has not announced any route yet may. */
  private static final String ASKED =
      """
      with task as (
        select t.task_uuid, case when n.alive_until > engine_now() then t.owner_node end as owner
        from tasks t left join nodes n on n.node_uuid = t.owner_node
        where t.task_uuid = :task),
      route as (select route_id from workflow_steps where step_uuid = :step),
      alive as (
        select n.node_uuid, i.seen, n.node_uuid = task.owner as owns
        from task
        join nodes n on n.alive_until > engine_now()
          and case when task.owner is null then not n.own_tasks_only else n.node_uuid = task.owner end
          and (n.node_uuid = task.owner
            or not exists (select 1 from node_routes r where r.node_uuid = n.node_uuid)
            or exists (
              select 1 from node_routes r
              where r.node_uuid = n.node_uuid and r.route_id = (select route_id from route)))
        left join input_sightings i on i.node_uuid = n.node_uuid and i.task_uuid = task.task_uuid),
      verdict as (
        select (
          coalesce(bool_or(owns), false) and :changed
          or not coalesce(bool_or(seen), false)
            and (select min(since) from input_sightings where task_uuid = :task and not seen)
              <= engine_now() - :wait * interval '1 millisecond'
                * case when bool_or(seen is null) then 2 else 1 end) as nobody
        from alive)
      select n.host || ' (node ' || n.node_uuid || '): ' || i.found
      from input_sightings i join nodes n using (node_uuid), verdict
      where i.task_uuid = :task and not i.seen and verdict.nobody
      order by i.since, n.node_uuid
      """;

  private static final String COME_BACK =
      """
      update input_sightings set stays_away_until = engine_now()
      where task_uuid = :task and not seen
      """;

  @Override
  public List<String> notSeen(StepLease lease, String found, boolean changed) {
    return database.commit(
        Fact.MISS_INPUT,
        () -> {
          note(lease, found);
          List<String> asked = asked(lease, changed);
          if (asked.isEmpty()) {
            steps.release(lease, actor, "input not visible here: " + found);
          } else {
            database.jdbc().sql(COME_BACK).param("task", lease.taskUuid()).update();
          }
          return asked;
        });
  }

  private void note(StepLease lease, String found) {
    database
        .jdbc()
        .sql(NOT_SEEN)
        .param("found", found)
        .param("wait", wait.toMillis())
        .param("step", lease.stepUuid())
        .param("epoch", lease.epoch())
        .update();
  }

  private List<String> asked(StepLease lease, boolean changed) {
    return database
        .jdbc()
        .sql(ASKED)
        .param("task", lease.taskUuid())
        .param("step", lease.stepUuid())
        .param("changed", changed)
        .param("wait", wait.toMillis())
        .query(String.class)
        .list();
  }
}
