package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.By;
import io.bactrian.task.UnknownTarget;
import io.bactrian.template.StepType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Moves steps of {@code workflow_steps} by hand; each move writes its transition row. */
final class StepMends {
  private static final String LOG =
      """
      logged as (
        insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
        select step_uuid, :from_state, state, epoch, :actor, :reason from moved)
      select name from moved order by position, batch_index
      """;

  private final Database database;

  StepMends(Database database) {
    this.database = database;
  }

  /** A step that somebody names. */
  record Named(
      UUID uuid, String name, String templateStep, StepType type, StepState state, String routeId) {

    /** The step in the shape of a lease, for those who create its workers. */
    StepLease asLease(UUID task) {
      return new StepLease(
          uuid,
          task,
          name,
          templateStep,
          type,
          routeId,
          1,
          1,
          0,
          false,
          Map.of(),
          Map.of(),
          "",
          0,
          Optional.empty(),
          Optional.empty());
    }
  }

  private static final String FIND =
      """
      select step_uuid, name, template_step, type, state, route_id from workflow_steps
      where task_uuid = :task and (name = :step or cast(step_uuid as text) = lower(:step))
      """;

  /** Finds a step by its name or UUID; it is not locked. */
  Named find(UUID task, String step) {
    return find(FIND, task, step);
  }

  /** The same, locked until the transaction ends. */
  Named lock(UUID task, String step) {
    return find(FIND + "for update", task, step);
  }

  private Named find(String sql, UUID task, String step) {
    return database
        .jdbc()
        .sql(sql)
        .param("task", task)
        .param("step", step)
        .query(StepMends::named)
        .optional()
        .orElseThrow(
            () ->
                new UnknownTarget(
                    "task %s has no step %s; see: ./bactrian steps %s"
                        .formatted(task, step, task)));
  }

  private static Named named(ResultSet row, int number) throws SQLException {
    return new Named(
        row.getObject("step_uuid", UUID.class),
        row.getString("name"),
        row.getString("template_step"),
        StepType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
        StepState.of(row.getString("state")),
        row.getString("route_id"));
  }

  private static final String RESET =
      """
      with chosen as (
        select step_uuid from workflow_steps
        where task_uuid = :task and state = 'error'
          and (:step = '' or cast(step_uuid as text) = :step)
        order by step_uuid for update),
      moved as (
        update workflow_steps s
        set state = 'enqueued',
            max_attempts = s.attempts + s.max_attempts - s.attempts_forgiven,
            attempts_forgiven = s.attempts
        from chosen where s.step_uuid = chosen.step_uuid
        returning s.step_uuid, s.name, s.state, s.epoch, s.position, s.batch_index),
      """
          + LOG;

  /**
   * Makes failed steps ready, with as many attempts before them as they had at first; all of a
   * task, or one.
   */
  List<String> reset(UUID task, Optional<UUID> step, By by) {
    return move(
        RESET,
        StepState.ERROR,
        by,
        Map.of("task", task, "step", step.map(UUID::toString).orElse("")));
  }

  private static final String DUE_NOW =
      """
      with moved as (
        update workflow_steps set state = 'enqueued', next_retry_at = null
        where step_uuid = :step and state = 'waiting_for_retry'
        returning step_uuid, name, state, epoch, position, batch_index),
      """
          + LOG;

  /** Makes a step ready that waits for its retry. */
  List<String> dueNow(UUID step, By by) {
    return move(DUE_NOW, StepState.WAITING_FOR_RETRY, by, Map.of("step", step));
  }

  private static final String RESOLVE =
      """
      with moved as (
        update workflow_steps set state = 'resolved_manually', completed_at = engine_now()
        where step_uuid = :step and state = 'error'
        returning step_uuid, name, state, epoch, position, batch_index),
      """
          + LOG;

  /** Makes a failed step done without a result; what its last attempt failed with stays. */
  List<String> resolve(UUID step, By by) {
    return move(RESOLVE, StepState.ERROR, by, Map.of("step", step));
  }

  private static final String COMPLETE =
      """
      with moved as (
        update workflow_steps
        set state = 'complete', results = cast(:results as json), completed_at = engine_now()
        where step_uuid = :step and state = 'error'
        returning step_uuid, name, state, epoch, position, batch_index),
      """
          + LOG;

  /** Makes a failed step complete with a result. */
  List<String> complete(UUID step, Map<String, Object> results, By by) {
    return move(
        COMPLETE, StepState.ERROR, by, Map.of("step", step, "results", Json.write(results)));
  }

  private List<String> move(String sql, StepState from, By by, Map<String, ?> parameters) {
    return database
        .jdbc()
        .sql(sql)
        .params(parameters)
        .param("from_state", from.word())
        .param("actor", by.actor())
        .param("reason", by.reason())
        .query(String.class)
        .list();
  }
}
