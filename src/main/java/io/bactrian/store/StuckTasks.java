package io.bactrian.store;

import io.bactrian.store.DeadLetterEntries.Finding;
import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.TaskWatch;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds tasks on which nothing happens, by their counts and times; looks at steps only of those.
 */
public final class StuckTasks implements TaskWatch {
  private final Database database;
  private final String actor;
  private final TaskLock locks;
  private final StepTable steps;
  private final GateTable gates;
  private final TaskGateTable taskGates;
  private final DeadLetterEntries deadLetters;
  private final UnservedSteps unserved;

  public StuckTasks(Database database, String actor) {
    this.database = database;
    this.actor = actor;
    this.locks = new TaskLock(database);
    this.steps = new StepTable(database);
    this.gates = new GateTable(database);
    this.taskGates = new TaskGateTable(database);
    this.deadLetters = new DeadLetterEntries(database);
    this.unserved = new UnservedSteps(database);
  }

  private static final String STUCK =
      """
      select t.task_uuid from tasks t join task_gates g using (task_uuid)
      where t.completed_at is null and t.state not in ('paused', 'blocked_by_failures')
        and g.ready = 0 and g.waiting = 0 and g.failed = 0
        and not exists (
          select 1 from dead_letters d
          where d.task_uuid = t.task_uuid and d.reason = 'dependency_cycle_detected'
            and d.resolution = 'pending')
      order by t.task_uuid limit 100
      """;

  @Override
  public int mendStuck() {
    List<UUID> stuck = database.read(() -> database.jdbc().sql(STUCK).query(UUID.class).list());
    return (int) stuck.stream().filter(this::mend).count();
  }

  private boolean mend(UUID task) {
    return database.commit(
        Fact.MEND_STUCK,
        () -> {
          if (!locks.tryHold(task)) {
            return false;
          }
          boolean goesOn = reevaluate(task);
          if (!goesOn) {
            findCircle(task);
          }
          return goesOn;
        });
  }

  /** Counts gates and steps anew and enqueues what is free; answers whether the task goes on. */
  private boolean reevaluate(UUID task) {
    int freed = steps.enqueue(gates.recount(task), actor);
    taskGates.recount(task);
    taskGates.count(task, Change.NONE, actor, "gates and steps were counted anew");
    return freed > 0 || !taskGates.hold(task).counts().isStuck();
  }

  private static final String WAITS =
      """
      select c.name as child, p.name as parent from workflow_steps c
      join step_edges e on e.to_step = c.step_uuid
      join workflow_steps p on p.step_uuid = e.from_step
      where c.task_uuid = :task and c.state = 'pending' and p.state = 'pending'
      order by c.position, c.batch_index, p.position, p.batch_index limit 10000
      """;

  private void findCircle(UUID task) {
    var waits = new Waits();
    database
        .jdbc()
        .sql(WAITS)
        .param("task", task)
        .query(
            row -> {
              waits.add(row.getString("child"), row.getString("parent"));
            });
    waits
        .circle()
        .ifPresent(
            circle ->
                deadLetters.raise(
                    new Finding(
                        task,
                        Optional.empty(),
                        DeadLetterReason.DEPENDENCY_CYCLE_DETECTED,
                        "steps wait for each other: " + String.join(" -> ", circle),
                        actor)));
  }

  private static final String UNWATCHED =
      """
      select task_uuid from tasks t
      where completed_at is null and state not in ('paused', 'blocked_by_failures')
        and coalesce(watched_until, updated_at + :limit * interval '1 millisecond')
          < (select engine_now())
        and not exists (
          select 1 from dead_letters d
          where d.task_uuid = t.task_uuid and d.reason = 'staleness_timeout'
            and d.resolution = 'pending')
      order by task_uuid limit 100
      """;

  @Override
  public int reportStale(Duration limit) {
    List<UUID> unwatched =
        database.read(
            () ->
                database
                    .jdbc()
                    .sql(UNWATCHED)
                    .param("limit", limit.toMillis())
                    .query(UUID.class)
                    .list());
    return (int) unwatched.stream().filter(task -> reportStale(task, limit)).count();
  }

  private static final String LAST_MOVE =
      """
      select greatest(t.updated_at,
          (select max(x.at) from workflow_steps s join step_transitions x using (step_uuid)
           where s.task_uuid = t.task_uuid),
          (select max(c.updated_at) from workflow_steps s join checkpoints c using (step_uuid)
           where s.task_uuid = t.task_uuid),
          (select max(s.next_retry_at) from workflow_steps s
           where s.task_uuid = t.task_uuid and s.state = 'waiting_for_retry'),
          (select max(s.lease_until) from workflow_steps s
           where s.task_uuid = t.task_uuid and s.state = 'in_progress'))
      from tasks t where t.task_uuid = :task
      """;

  private static final String WATCHED_UNTIL =
      """
      update tasks
      set watched_until = cast(:moved as timestamptz) + :limit * interval '1 millisecond'
      where task_uuid = :task
      returning watched_until > engine_now()
      """;

  /** Each task's steps are looked at once in the limit's time, however long the task runs. */
  private boolean reportStale(UUID task, Duration limit) {
    return database.commit(
        Fact.WATCH,
        () -> {
          if (!locks.tryHold(task)) {
            return false;
          }
          OffsetDateTime moved =
              database
                  .jdbc()
                  .sql(LAST_MOVE)
                  .param("task", task)
                  .query(OffsetDateTime.class)
                  .single();
          boolean moves =
              database
                  .jdbc()
                  .sql(WATCHED_UNTIL)
                  .param("moved", moved)
                  .param("limit", limit.toMillis())
                  .param("task", task)
                  .query(Boolean.class)
                  .single();
          return !moves && !wasMiscounted(task) && raiseStale(task, limit, moved);
        });
  }

  private boolean wasMiscounted(UUID task) {
    int freed = steps.enqueue(gates.recount(task), actor);
    boolean miscounted = taskGates.recount(task);
    taskGates.count(task, Change.NONE, actor, "gates and steps were counted anew");
    return freed > 0 || miscounted;
  }

  private boolean raiseStale(UUID task, Duration limit, OffsetDateTime moved) {
    return deadLetters.raise(
        new Finding(
            task,
            Optional.empty(),
            DeadLetterReason.STALENESS_TIMEOUT,
            "nothing has happened since %s; allowed: at most %s (setting bactrian.stale.after)"
                .formatted(moved.toInstant(), limit),
            actor));
  }

  @Override
  public int reportUnserved(Duration limit) {
    List<Finding> found = database.read(() -> unserved.longerThan(limit, actor));
    return (int)
        found.stream()
            .filter(finding -> database.commit(Fact.WATCH, () -> deadLetters.raise(finding)))
            .count();
  }
}
