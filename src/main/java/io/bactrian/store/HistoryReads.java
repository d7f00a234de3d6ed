package io.bactrian.store;

import io.bactrian.task.Attempt;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.Transition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads the tables {@code task_transitions} and {@code step_transitions}. */
public final class HistoryReads implements TaskHistory {
  private final Database database;

  public HistoryReads(Database database) {
    this.database = database;
  }

  private static final String OF_TASK =
      """
      select '' as step, from_state, to_state, 0 as epoch, at, actor, reason
      from task_transitions where task_uuid = :task order by transition_id
      """;

  /** What became of a task, oldest first. */
  public List<Transition> ofTask(UUID task) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(OF_TASK)
                .param("task", task)
                .query(HistoryReads::transition)
                .list());
  }

  private static final String OF_STEPS =
      """
      select s.name as step, t.from_state, t.to_state, t.epoch, t.at, t.actor, t.reason
      from step_transitions t join workflow_steps s using (step_uuid)
      where s.task_uuid = :task order by t.transition_id
      """;

  /** What became of a task's steps, oldest first. */
  public List<Transition> ofSteps(UUID task) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(OF_STEPS)
                .param("task", task)
                .query(HistoryReads::transition)
                .list());
  }

  private static final String NEWEST =
      """
      with newest as (
        (select '' as step, x.from_state, x.to_state, 0 as epoch, x.at,
                x.actor, x.reason
         from task_transitions x where x.task_uuid = :task
         order by x.transition_id desc limit :most)
        union all
        (select s.name, x.from_state, x.to_state, x.epoch, x.at, x.actor, x.reason
         from workflow_steps s join step_transitions x using (step_uuid)
         where s.task_uuid = :task
         order by x.transition_id desc limit :most)
        order by at desc limit :most)
      select * from newest order by at, step
      """;

  @Override
  public List<Transition> newest(UUID task, int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(NEWEST)
                .param("task", task)
                .param("most", limit)
                .query(HistoryReads::transition)
                .list());
  }

  private static final String RERUN_OF =
      "select rerun_of from tasks where task_uuid = :task and rerun_of is not null";

  @Override
  public Optional<UUID> rerunOf(UUID task) {
    return database.read(
        () -> database.jdbc().sql(RERUN_OF).param("task", task).query(UUID.class).optional());
  }

  private static final String FAILED =
      """
      with newest as (
        select s.name, a.attempt, a.node_uuid, a.started_at, a.ended_at,
               a.error ->> 'message' as message
        from workflow_steps s join step_attempts a using (step_uuid)
        where s.task_uuid = :task and a.outcome = 'failed'
        order by a.ended_at desc limit :most)
      select * from newest order by ended_at, name, attempt
      """;

  @Override
  public List<Attempt> failedAttempts(UUID task, int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(FAILED)
                .param("task", task)
                .param("most", limit)
                .query(HistoryReads::attempt)
                .list());
  }

  private static Attempt attempt(ResultSet row, int number) throws SQLException {
    return new Attempt(
        row.getString("name"),
        row.getInt("attempt"),
        row.getObject("node_uuid", UUID.class),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("message")));
  }

  private static Transition transition(ResultSet row, int number) throws SQLException {
    return new Transition(
        row.getString("step"),
        Objects.requireNonNullElse(row.getString("from_state"), ""),
        row.getString("to_state"),
        row.getInt("epoch"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("reason"));
  }
}
