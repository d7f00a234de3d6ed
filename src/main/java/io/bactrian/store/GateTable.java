package io.bactrian.store;

import java.util.Collection;
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
        where g.step_uuid in (
          select e.to_step from step_edges e where e.from_step = any(cast(:parents as uuid[])))
        order by g.step_uuid for update of g),
      passed as (
        update step_gates g set pending = g.pending - (
          select count(*) from step_edges e
          where e.to_step = waiting.step_uuid and e.from_step = any(cast(:parents as uuid[])))
        from waiting where g.step_uuid = waiting.step_uuid
        returning g.step_uuid, g.pending)
      select step_uuid from passed where pending = 0
      """;

  /** Counts finished parents at every gate they stand before; answers the steps now free to run. */
  List<UUID> pass(Collection<UUID> parents) {
    return database
        .jdbc()
        .sql(PASS)
        .param("parents", SqlArrays.uuids(parents))
        .query(UUID.class)
        .list();
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

  private static final String EXPECT_ONE_LESS =
      """
      with dependents as (
        select g.step_uuid from step_gates g
        join step_edges e on e.to_step = g.step_uuid and e.from_step = :parent
        join workflow_steps c on c.step_uuid = g.step_uuid
        join workflow_steps p on p.step_uuid = :parent
        where c.folds_parents or (p.type = 'batch_worker' and not p.is_no_op)
        order by g.step_uuid for update of g)
      update step_gates g set expected = greatest(g.expected - 1, 0)
      from dependents where g.step_uuid = dependents.step_uuid
      """;

  /** Makes a convergence not expect the result of this parent: there will be none. */
  void expectOneLess(UUID parent) {
    database.jdbc().sql(EXPECT_ONE_LESS).param("parent", parent).update();
  }

  private static final String ADD_MISSING =
      """
      insert into step_gates (step_uuid, pending)
      select s.step_uuid, 0 from workflow_steps s
      where s.task_uuid = :task and s.state = 'pending'
        and not exists (select 1 from step_gates g where g.step_uuid = s.step_uuid)
      on conflict do nothing
      """;

  private static final String LOCK_PENDING =
      """
      select g.step_uuid from step_gates g join workflow_steps s using (step_uuid)
      where s.task_uuid = :task and s.state = 'pending'
      order by g.step_uuid for update of g
      """;

  private static final String RECOUNT =
      """
      with truth as (
        select s.step_uuid,
          count(p.step_uuid) filter (where p.state not in ('complete', 'resolved_manually')) as pending,
          count(p.step_uuid) filter (
            where p.state <> 'resolved_manually'
              and (s.folds_parents or (p.type = 'batch_worker' and not p.is_no_op))) as expected
        from workflow_steps s
        left join step_edges e on e.to_step = s.step_uuid
        left join workflow_steps p on p.step_uuid = e.from_step
        where s.task_uuid = :task and s.state = 'pending'
        group by s.step_uuid)
      update step_gates g set pending = truth.pending, expected = truth.expected
      from truth where g.step_uuid = truth.step_uuid
        and (g.pending, g.expected) is distinct from (truth.pending, truth.expected)
      """;

  private static final String OPEN =
      """
      select s.step_uuid from workflow_steps s join step_gates g using (step_uuid)
      where s.task_uuid = :task and s.state = 'pending' and g.pending = 0
      order by s.step_uuid
      """;

  /**
   * Counts the edges of all pending steps of a task anew; answers the steps that are free to run.
   *
   * <p>The gates are locked before they are counted: a parent that completes right now is either
   * seen as done, or counts itself afterwards.
   */
  List<UUID> recount(UUID task) {
    database.jdbc().sql(ADD_MISSING).param("task", task).update();
    database.jdbc().sql(LOCK_PENDING).param("task", task).query(UUID.class).list();
    database.jdbc().sql(RECOUNT).param("task", task).update();
    return database.jdbc().sql(OPEN).param("task", task).query(UUID.class).list();
  }
}
