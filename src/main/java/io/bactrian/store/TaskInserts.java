package io.bactrian.store;

import io.bactrian.task.DuplicateTask;
import io.bactrian.task.NewTask;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.TaskState;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * New rows of {@code tasks}. That there is one task of an identity is held by a unique index: of
 * any number of submissions at once one inserts, and the others find what it has committed.
 */
final class TaskInserts {
  private static final int ATTEMPTS = 100;

  private final Database database;
  private final String actor;
  private final StepTable steps;
  private final TaskGateTable taskGates;
  private final TaskLock locks;
  private final ReceiptTable receipts;

  TaskInserts(Database database, String actor) {
    this.database = database;
    this.actor = actor;
    this.steps = new StepTable(database);
    this.taskGates = new TaskGateTable(database);
    this.locks = new TaskLock(database);
    this.receipts = new ReceiptTable(database);
  }

  /**
   * Inserts a task, unless one of its identity exists; answers that one then.
   *
   * @throws DuplicateTask if one exists and the new one's options refuse that
   */
  Optional<UUID> insert(NewTask task) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (task.options().onDuplicate() == OnDuplicate.RERUN_IF_FAILED) {
        supersede(task);
      }
      if (insertRow(task)) {
        Optional<UUID> pruned = task.identity().flatMap(receipts::ofIdentity);
        pruned.ifPresent(left -> withdraw(task));
        return answer(task, pruned);
      }
      Optional<UUID> existing = existing(task.identity().orElse(""));
      if (existing.isPresent()) {
        return answer(task, existing);
      }
      // Superseded by somebody between the two statements: that one's task is there now.
    }
    throw new StoreException(
        "the task of identity %s changes faster than it can be read"
            .formatted(task.identity().orElse("")));
  }

  private static Optional<UUID> answer(NewTask task, Optional<UUID> existing) {
    if (existing.isPresent() && task.options().onDuplicate() == OnDuplicate.REJECT) {
      throw new DuplicateTask(existing.get());
    }
    return existing;
  }

  private static final String WITHDRAW = "delete from tasks where task_uuid = :task";

  /**
   * The task of this identity has left. That is looked for after the insert: one that leaves at
   * this moment keeps the insert waiting, and its receipt can be seen afterwards.
   */
  private void withdraw(NewTask task) {
    database.jdbc().sql(WITHDRAW).param("task", task.uuid()).update();
  }

  private static final String INSERT =
      """
      with task as (
        insert into tasks
          (task_uuid, template_id, context, base_folder, owner_node, deadline_at, identity,
           idempotency_key, priority, tags, correlation_id, parent_correlation_id, initiator, reason,
           rerun_of, trace_parent)
        values (:task, :template, cast(:context as json), :base_folder, cast(:owner as uuid),
                engine_now() + cast(:seconds as bigint) * interval '1 second', :identity,
                :idempotency_key, :priority, cast(:tags as text[]), :correlation_id,
                :parent_correlation_id, :initiator, :reason, cast(:rerun_of as uuid),
                :trace_parent)
        on conflict (identity) where identity is not null and superseded_by is null do nothing
        returning task_uuid),
      gate as (
        insert into task_gates (task_uuid, pending) select task_uuid, :steps from task)
      insert into task_transitions (task_uuid, to_state, actor, reason)
      select task_uuid, 'pending', :actor, :why from task
      """;

  private boolean insertRow(NewTask task) {
    Origin origin = task.options().origin();
    return database
            .jdbc()
            .sql(INSERT)
            .param("task", task.uuid())
            .param("template", task.templateId())
            .param("context", task.context())
            .param("base_folder", task.baseFolder())
            .param("owner", task.owner().map(UUID::toString).orElse(null))
            .param("seconds", task.maxDuration().map(Duration::toSeconds).orElse(null))
            .param("identity", task.identity().orElse(null))
            .param("idempotency_key", task.options().idempotencyKey().orElse(null))
            .param("priority", task.options().priority())
            .param("tags", SqlArrays.texts(task.options().tags()))
            .param("correlation_id", origin.correlationId().orElse(null))
            .param("parent_correlation_id", origin.parentCorrelationId().orElse(null))
            .param("initiator", origin.initiator())
            .param("reason", origin.reason())
            .param("steps", task.steps().size())
            .param("rerun_of", task.rerun().map(again -> again.of().toString()).orElse(null))
            .param("trace_parent", task.traceParent().orElse(null))
            .param("actor", task.rerun().map(again -> again.by().actor()).orElse(actor))
            .param("why", why(task))
            .update()
        == 1;
  }

  private static String why(NewTask task) {
    String reason = task.options().origin().reason();
    return task.rerun()
        .map(again -> "rerun of %s: %s".formatted(again.of(), again.by().reason()))
        .orElse(reason.isEmpty() ? "submitted" : reason);
  }

  private static final String EXISTING =
      """
      select task_uuid from tasks where identity = :identity and superseded_by is null
      """;

  private Optional<UUID> existing(String identity) {
    return database.jdbc().sql(EXISTING).param("identity", identity).query(UUID.class).optional();
  }

  private static final String SUPERSEDE =
      """
      update tasks set superseded_by = :new
      where identity = :identity and superseded_by is null
        and state in ('error', 'cancelled', 'blocked_by_failures')
      returning task_uuid
      """;

  /** A failed task of the same identity makes room; what is left of it is cancelled. */
  private void supersede(NewTask task) {
    Optional<UUID> existing = existing(task.identity().orElse(""));
    existing.ifPresent(locks::hold);
    task.identity().ifPresent(identity -> receipts.supersede(identity, task.uuid()));
    database
        .jdbc()
        .sql(SUPERSEDE)
        .param("new", task.uuid())
        .param("identity", task.identity().orElse(null))
        .query(UUID.class)
        .optional()
        .ifPresent(old -> cancel(old, "superseded by " + task.uuid()));
  }

  private void cancel(UUID old, String why) {
    TaskState state = taskGates.state(old);
    if (!state.isFinal()) {
      steps.cancelOpen(old, actor, why);
      taskGates.close(old);
      taskGates.move(old, state, TaskState.CANCELLED, actor, why);
    }
  }
}
