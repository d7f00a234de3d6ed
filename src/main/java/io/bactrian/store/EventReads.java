package io.bactrian.store;

import io.bactrian.task.EventFeed;
import io.bactrian.task.TaskEvent;
import java.util.List;

/** {@code task_transitions} as events, in an order that is safe to go on from. */
public final class EventReads implements EventFeed {
  private final Database database;

  public EventReads(Database database) {
    this.database = database;
  }

  private static final String NOW = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  @Override
  public TaskEvent.Position now() {
    return database.read(
        () -> new TaskEvent.Position(database.jdbc().sql(NOW).query(Long.class).single(), 0));
  }

  private static final String AFTER =
      """
      select e.transaction_id::text::bigint as transaction, e.transition_id, e.task_uuid,
             p.namespace, p.name, p.version, e.from_state, e.to_state, e.at, e.actor, e.reason
      from task_transitions e
      join tasks t using (task_uuid)
      join task_templates p using (template_id)
      where (e.transaction_id, e.transition_id)
              > (cast(cast(:transaction as text) as xid8), :row)
        and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by e.transaction_id, e.transition_id
      limit :most
      """;

  @Override
  public List<TaskEvent> after(TaskEvent.Position position, int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(AFTER)
                .param("transaction", String.valueOf(position.transaction()))
                .param("row", position.row())
                .param("most", limit)
                .query(EventTable::event)
                .list());
  }
}
