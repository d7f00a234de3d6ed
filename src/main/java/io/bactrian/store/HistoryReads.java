package io.bactrian.store;

import io.bactrian.task.Transition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads the tables {@code task_transitions} and {@code step_transitions}. */
public final class HistoryReads {
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
