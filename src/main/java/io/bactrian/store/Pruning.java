package io.bactrian.store;

import io.bactrian.task.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * Deletes finished tasks piece by piece. Each piece is a transaction of its own, at most one runs
 * at a time in a database, and none waits for a lock. Only rows of finished tasks are touched, so
 * that neither claims nor submissions wait for it.
 */
public final class Pruning implements Retention {
  /** Tasks a piece, unless their steps are more than {@link #LOOKED_AT}. */
  private static final int TASKS = 50;

  private static final int LOOKED_AT = 10_000;

  private final Database database;
  private final RetentionRules rules;
  private final ReceiptInserts receipts;
  private final SweptSteps swept;
  private final RetentionReads reads;

  /**
   * @param database where the tasks are
   * @param rules how long they stay
   */
  public Pruning(Database database, RetentionRules rules) {
    this.database = database;
    this.rules = rules;
    this.receipts = new ReceiptInserts(database);
    this.swept = new SweptSteps(database);
    this.reads = new RetentionReads(database, rules);
  }

  @Override
  public List<Due> due() {
    return reads.due();
  }

  @Override
  public Pruned pruneSome() {
    int steps = alone(Fact.SWEEP_STEPS, swept.areLeft(), swept::delete);
    if (steps > 0) {
      return new Pruned(0, steps, 0);
    }
    List<UUID> due = candidates();
    int tasks = alone(Fact.PRUNE_TASKS, !due.isEmpty(), () -> leave(due));
    if (tasks > 0) {
      return new Pruned(tasks, 0, 0);
    }
    return new Pruned(0, 0, alone(Fact.SWEEP_PLANS, unusedPlans(), this::deletePlans));
  }

  private static final String LOCK =
      "select pg_try_advisory_xact_lock(hashtextextended('bactrian retention', 0))";

  /** Does a piece unless somebody else is at one; answers how many rows it was about. */
  private int alone(Fact fact, boolean isNeeded, IntSupplier piece) {
    if (!isNeeded) {
      return 0;
    }
    return database.commit(
        fact, () -> database.jdbc().sql(LOCK).query(Boolean.class).single() ? piece.getAsInt() : 0);
  }

  private static final String DUE =
      """
      with %s
      select due.task_uuid, g.pending + g.ready + g.waiting + g.failed + g.done as steps
      from keeps k cross join lateral (
        select t.task_uuid, t.completed_at from tasks t
        where t.template_id = k.template_id
          and t.completed_at < (select engine_now()) - k.keep
          and not exists (
            select from dead_letters d where d.task_uuid = t.task_uuid and d.resolution = 'pending')
        order by t.completed_at limit :most) due
      join task_gates g using (task_uuid)
      where k.keep is not null
      order by due.completed_at limit :most
      """
          .formatted(RetentionRules.KEEPS);

  private record Candidate(UUID task, int steps) {}

  /** Tasks that are due, the oldest first; as many as make a piece. */
  private List<UUID> candidates() {
    List<Candidate> due =
        database.read(
            () ->
                rules
                    .with(database.jdbc().sql(DUE))
                    .param("most", TASKS)
                    .query(
                        (row, n) ->
                            new Candidate(
                                row.getObject("task_uuid", UUID.class), row.getInt("steps")))
                    .list());
    var piece = new ArrayList<UUID>();
    int steps = 0;
    for (Candidate candidate : due) {
      steps += candidate.steps();
      if (piece.isEmpty() || steps <= LOOKED_AT) {
        piece.add(candidate.task());
      }
    }
    return piece;
  }

  private static final String HOLD =
      """
      select task_uuid from tasks
      where task_uuid = any(cast(:tasks as uuid[])) and completed_at is not null
      for update skip locked
      """;

  private static final String DELETE =
      "delete from tasks where task_uuid = any(cast(:tasks as uuid[]))";

  private int leave(List<UUID> due) {
    List<UUID> held =
        database.jdbc().sql(HOLD).param("tasks", SqlArrays.uuids(due)).query(UUID.class).list();
    receipts.insert(held);
    return database.jdbc().sql(DELETE).param("tasks", SqlArrays.uuids(held)).update();
  }

  private static final String UNUSED =
      """
      select p.plan_id from plans p
      where not exists (select from step_plans s where s.plan_id = p.plan_id)
      """;

  private boolean unusedPlans() {
    return database.read(
        () ->
            database
                .jdbc()
                .sql("select exists (%s)".formatted(UNUSED))
                .query(Boolean.class)
                .single());
  }

  private static final String DELETE_PLANS =
      "delete from plans where plan_id in (%s limit 20 for update skip locked)".formatted(UNUSED);

  private int deletePlans() {
    return database.jdbc().sql(DELETE_PLANS).update();
  }
}
