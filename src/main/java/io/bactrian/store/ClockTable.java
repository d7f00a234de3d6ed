package io.bactrian.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The table {@code engine_clock}: how far {@code engine_now()} is ahead. For tests only. */
public final class ClockTable {
  private final Database database;

  public ClockTable(Database database) {
    this.database = database;
  }

  private static final String MOVE =
      "update engine_clock set shift = shift + :millis * interval '1 millisecond'";

  /** Makes true: for every node of this database it is later by this much. */
  public void move(Duration by) {
    database.commit(
        Fact.MOVE_CLOCK, () -> database.jdbc().sql(MOVE).param("millis", by.toMillis()).update());
  }

  /** What {@code engine_now()} says. */
  public Instant now() {
    return database.read(
        () ->
            database
                .jdbc()
                .sql("select engine_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant());
  }

  private static final String WAIT =
      """
      select coalesce(ceil(extract(epoch from min(next_retry_at) - engine_now()) * 1000), 0)
      from workflow_steps where task_uuid = :task and state = 'waiting_for_retry'
      """;

  /** How long it takes until a step of this task is due; zero if one is, or none waits. */
  public Duration untilNextRetry(UUID task) {
    long millis =
        database.read(
            () -> database.jdbc().sql(WAIT).param("task", task).query(Long.class).single());
    return Duration.ofMillis(Math.max(0, millis));
  }
}
