package io.bactrian.store;

import io.bactrian.store.DeadLetterEntries.Finding;
import io.bactrian.task.DeadLetterReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds ready steps whose route no live node has. */
final class UnservedSteps {
  private final Database database;

  UnservedSteps(Database database) {
    this.database = database;
  }

  private static final String UNSERVED =
      """
      with since as (select engine_now() - :limit * interval '1 millisecond' as time),
      served as (
        select r.route_id from node_routes r join nodes n using (node_uuid)
        where n.alive_until > (select time from since))
      select t.task_uuid, u.step_uuid, u.name, u.route_id
      from tasks t cross join lateral (
        select s.step_uuid, s.name, s.route_id from workflow_steps s
        where s.task_uuid = t.task_uuid and s.state = 'enqueued'
          and s.created_at < (select time from since)
          and s.route_id not in (select route_id from served)
          and (select max(x.at) from step_transitions x where x.step_uuid = s.step_uuid)
            < (select time from since)
        limit 1) as u
      where t.state = 'steps_in_process'
        and not exists (
          select 1 from nodes n
          where n.node_uuid = t.owner_node and n.alive_until > (select time from since))
        and not exists (
          select 1 from dead_letters d
          where d.task_uuid = t.task_uuid and d.reason = 'worker_unavailable'
            and d.resolution = 'pending')
      order by t.task_uuid limit 100
      """;

  /**
   * The tasks with a step that has been ready for so long, while no live node had its route; with
   * one such step each, and none that has an entry pending for it.
   *
   * @param actor who looks
   */
  List<Finding> longerThan(Duration limit, String actor) {
    return database
        .jdbc()
        .sql(UNSERVED)
        .param("limit", limit.toMillis())
        .query((row, n) -> finding(row, limit, actor))
        .list();
  }

  private static Finding finding(ResultSet row, Duration limit, String actor) throws SQLException {
    return new Finding(
        row.getObject("task_uuid", UUID.class),
        Optional.of(row.getObject("step_uuid", UUID.class)),
        DeadLetterReason.WORKER_UNAVAILABLE,
        "step %s is ready, and for %s no live node has had its route %s (setting bactrian.worker.unavailable.after)"
            .formatted(row.getString("name"), limit, row.getString("route_id")),
        actor);
  }
}
