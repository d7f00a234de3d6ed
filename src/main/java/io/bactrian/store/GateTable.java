package io.bactrian.store;

import java.util.List;
import java.util.UUID;

/** The tables {@code step_edges} and {@code step_gates}: who waits for whom, and for how many. */
final class GateTable {
  private final Database database;

  GateTable(Database database) {
    this.database = database;
  }

  private static final String LINK =
      """
      insert into step_edges (from_step, to_step)
      select p.step_uuid, c.step_uuid
      from unnest(cast(:parents as text[]), cast(:children as text[])) as e (parent, child)
      join workflow_steps p on p.task_uuid = :task and p.name = e.parent
      join workflow_steps c on c.task_uuid = :task and c.name = e.child
      """;

  private static final String OPEN_GATES =
      """
      insert into step_gates (step_uuid, pending)
      select to_step, count(*) from step_edges
      join workflow_steps on step_uuid = to_step
      where task_uuid = :task group by to_step
      """;

  /** Links the steps of a new task; lists of equal length, by name. */
  void link(UUID task, List<String> parents, List<String> children) {
    database
        .jdbc()
        .sql(LINK)
        .param("parents", SqlArrays.texts(parents))
        .param("children", SqlArrays.texts(children))
        .param("task", task)
        .update();
    database.jdbc().sql(OPEN_GATES).param("task", task).update();
  }

  private static final String PASS =
      """
      with waiting as (
        select g.step_uuid from step_gates g
        join step_edges e on e.to_step = g.step_uuid and e.from_step = :parent
        order by g.step_uuid for update of g),
      passed as (
        update step_gates g set pending = g.pending - 1
        from waiting where g.step_uuid = waiting.step_uuid
        returning g.step_uuid, g.pending)
      select step_uuid from passed where pending = 0
      """;

  /** Counts a finished parent at every gate it stands before; answers the steps now free to run. */
  List<UUID> pass(UUID parent) {
    return database.jdbc().sql(PASS).param("parent", parent).query(UUID.class).list();
  }

  private static final String WIDEN =
      """
      with dependents as (
        select g.step_uuid from step_gates g
        join workflow_steps s on s.step_uuid = g.step_uuid
        where s.task_uuid = :task and s.template_step = any(cast(:dependents as text[]))
        order by g.step_uuid for update of g)
      update step_gates g set pending = g.pending + :workers, expected = g.expected + :workers
      from dependents where g.step_uuid = dependents.step_uuid
      """;

  /** Makes the steps that wait for a worker template wait for all its workers. */
  void widen(UUID task, List<String> dependents, int workers) {
    database
        .jdbc()
        .sql(WIDEN)
        .param("task", task)
        .param("dependents", SqlArrays.texts(dependents))
        .param("workers", workers)
        .update();
  }
}
