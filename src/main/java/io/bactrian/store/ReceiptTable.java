package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.task.Receipt;
import io.bactrian.task.StepCounts;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table {@code task_receipts}, for those who read it. */
final class ReceiptTable {
  private final Database database;

  ReceiptTable(Database database) {
    this.database = database;
  }

  private static final String FIND =
      """
      select task_uuid, namespace, name, version, state, idempotency_key, rerun_of, priority, tags,
             correlation_id, parent_correlation_id, initiator, reason, created_at, updated_at,
             completed_at, steps_total, steps_failed, steps_done, rows_total, rows_done,
             rows_rejected, result, result_sha256, pruned_at
      from task_receipts where task_uuid = :task
      """;

  Optional<Receipt> find(UUID task) {
    return database.read(
        () ->
            database.jdbc().sql(FIND).param("task", task).query(ReceiptTable::receipt).optional());
  }

  private static final String OF_IDENTITY =
      """
      select task_uuid from task_receipts where identity = :identity and superseded_by is null
      """;

  /** The task of an identity that has left. */
  Optional<UUID> ofIdentity(String identity) {
    return database
        .jdbc()
        .sql(OF_IDENTITY)
        .param("identity", identity)
        .query(UUID.class)
        .optional();
  }

  private static final String SUPERSEDE =
      """
      update task_receipts set superseded_by = :new
      where identity = :identity and superseded_by is null and state in ('error', 'cancelled')
      """;

  /** A failed task that has left gives its identity to another one. */
  void supersede(String identity, UUID by) {
    database.jdbc().sql(SUPERSEDE).param("new", by).param("identity", identity).update();
  }

  private static Receipt receipt(ResultSet row, int number) throws SQLException {
    String result = row.getString("result");
    return new Receipt(
        task(row),
        new TaskFigures(
            0, row.getLong("rows_total"), row.getLong("rows_done"), row.getLong("rows_rejected")),
        Optional.ofNullable(row.getObject("rerun_of", UUID.class)),
        Optional.ofNullable(result)
            .map(json -> Json.MAPPER.convertValue(Json.readTree(json), Object.class)),
        Optional.ofNullable(row.getString("result_sha256")),
        at(row, "pruned_at"));
  }

  private static Task task(ResultSet row) throws SQLException {
    int done = row.getInt("steps_done");
    int failed = row.getInt("steps_failed");
    return new Task(
        row.getObject("task_uuid", UUID.class),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("version"),
        TaskState.of(row.getString("state")),
        Map.of(),
        new StepCounts(row.getInt("steps_total") - done - failed, 0, 0, failed, done),
        at(row, "created_at"),
        at(row, "updated_at"),
        Optional.of(at(row, "completed_at")),
        TaskReads.options(row));
  }

  private static Instant at(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
