package io.bactrian.store;

import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskEvents;
import io.bactrian.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code event_subscribers}, and {@code task_transitions} as events. */
public final class EventTable implements TaskEvents {
  private final Database database;

  public EventTable(Database database) {
    this.database = database;
  }

  private static final String SUBSCRIBE =
      """
      insert into event_subscribers (subscriber, transaction_id, transition_id)
      select :subscriber,
             case when :first then '0'::xid8 else pg_snapshot_xmin(pg_current_snapshot()) end, 0
      on conflict (subscriber) do nothing
      """;

  private static final String TAKE =
      """
      update event_subscribers
      set reader = :reader, lease_until = engine_now() + :lease * interval '1 millisecond'
      where subscriber = :subscriber
        and (reader is null or reader = :reader or lease_until < engine_now())
      """;

  @Override
  public boolean take(String subscriber, Start start, UUID reader, Duration lease) {
    return database.commit(
        Fact.TAKE_EVENTS,
        () -> {
          if (taken(subscriber, reader, lease)) {
            return true;
          }
          database
              .jdbc()
              .sql(SUBSCRIBE)
              .param("subscriber", subscriber)
              .param("first", start == Start.FIRST)
              .update();
          return taken(subscriber, reader, lease);
        });
  }

  private boolean taken(String subscriber, UUID reader, Duration lease) {
    return database
            .jdbc()
            .sql(TAKE)
            .param("subscriber", subscriber)
            .param("reader", reader)
            .param("lease", lease.toMillis())
            .update()
        == 1;
  }

  private static final String NEXT =
      """
      select e.transaction_id::text::bigint as transaction, e.transition_id, e.task_uuid, p.namespace,
             p.name, p.version, e.from_state, e.to_state, e.at, e.actor, e.reason
      from event_subscribers s
      join task_transitions e
        on (e.transaction_id, e.transition_id) > (s.transaction_id, s.transition_id)
      join tasks t using (task_uuid)
      join task_templates p using (template_id)
      where s.subscriber = :subscriber
        and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by e.transaction_id, e.transition_id
      limit :most
      """;

  @Override
  public List<TaskEvent> next(String subscriber, int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(NEXT)
                .param("subscriber", subscriber)
                .param("most", limit)
                .query(EventTable::event)
                .list());
  }

  private static final String HEARD =
      """
      update event_subscribers
      set transaction_id = cast(cast(:transaction as text) as xid8), transition_id = :row,
          lease_until = engine_now() + :lease * interval '1 millisecond', updated_at = engine_now()
      where subscriber = :subscriber and reader = :reader
      """;

  @Override
  public boolean heard(String subscriber, UUID reader, TaskEvent event, Duration lease) {
    return database.commit(
        Fact.HEAR_EVENT,
        () ->
            database
                    .jdbc()
                    .sql(HEARD)
                    .param("transaction", String.valueOf(event.position().transaction()))
                    .param("row", event.position().row())
                    .param("lease", lease.toMillis())
                    .param("subscriber", subscriber)
                    .param("reader", reader)
                    .update()
                == 1);
  }

  private static final String LEAVE =
      """
      update event_subscribers set reader = null, lease_until = null
      where subscriber = :subscriber and reader = :reader
      """;

  @Override
  public void leave(String subscriber, UUID reader) {
    database.commit(
        Fact.LEAVE_EVENTS,
        () ->
            database
                .jdbc()
                .sql(LEAVE)
                .param("subscriber", subscriber)
                .param("reader", reader)
                .update());
  }

  static TaskEvent event(ResultSet row, int number) throws SQLException {
    return new TaskEvent(
        new TaskEvent.Position(row.getLong("transaction"), row.getLong("transition_id")),
        row.getObject("task_uuid", UUID.class),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("version"),
        Optional.ofNullable(row.getString("from_state")).map(TaskState::of),
        TaskState.of(row.getString("to_state")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("reason"));
  }
}
