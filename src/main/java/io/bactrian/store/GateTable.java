package io.bactrian.store;

import java.util.List;
import java.util.UUID;

/** The tables {@code step_edges} and {@code step_gates}: who waits for whom, and for how many. */
final class GateTable {
  private final Database database;

  GateTable(Database database) {
    this.database = database;
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
      update step_gates g set pending = g.pending + :workers, expected = g.expected + :expected
      from dependents where g.step_uuid = dependents.step_uuid
      """;

  /**
   * Makes the steps that wait for a worker template wait for all its workers.
   *
   * @param expected how many of them have a result to fold
   */
  void widen(UUID task, List<String> dependents, int workers, int expected) {
    database
        .jdbc()
        .sql(WIDEN)
        .param("task", task)
        .param("dependents", SqlArrays.texts(dependents))
        .param("workers", workers)
        .param("expected", expected)
        .update();
  }
}
