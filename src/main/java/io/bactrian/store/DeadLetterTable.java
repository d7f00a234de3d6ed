package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.task.By;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.Resolution;
import io.bactrian.task.UnknownTarget;
import io.bactrian.task.VerbRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** The table {@code dead_letters}, for those who look and decide. */
public final class DeadLetterTable implements DeadLetters {
  private final Database database;
  private final DeadLetterEntries entries;
  private final HeldTasks held;

  public DeadLetterTable(Database database) {
    this.database = database;
    this.entries = new DeadLetterEntries(database);
    this.held = new HeldTasks(database);
  }

  private static final String LETTER =
      """
      select d.dead_letter_uuid, d.task_uuid, s.name as step, d.reason, d.detail, d.snapshot,
             d.resolution, d.priority, d.notes, d.created_at, d.updated_at, d.resolved_at,
             d.resolved_by
      from dead_letters d left join workflow_steps s on s.step_uuid = d.step_uuid
      """;

  private static final String LIST =
      LETTER
          + """
          where (:resolution = '' or d.resolution = :resolution)
            and (:reason = '' or d.reason = :reason)
            and (:task = '' or d.task_uuid = cast(nullif(:task, '') as uuid))
          order by d.priority desc, d.created_at, d.dead_letter_uuid limit :most
          """;

  @Override
  public List<DeadLetter> list(Selection selection) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(LIST)
                .param("resolution", selection.resolution().map(Resolution::word).orElse(""))
                .param("reason", selection.reason().map(DeadLetterReason::word).orElse(""))
                .param("task", selection.task().map(UUID::toString).orElse(""))
                .param("most", selection.limit())
                .query(DeadLetterTable::letter)
                .list());
  }

  @Override
  public Optional<DeadLetter> find(UUID uuid) {
    return database.read(() -> one(uuid));
  }

  private Optional<DeadLetter> one(UUID uuid) {
    return database
        .jdbc()
        .sql(LETTER + "where d.dead_letter_uuid = :uuid")
        .param("uuid", uuid)
        .query(DeadLetterTable::letter)
        .optional();
  }

  private static final String PENDING =
      LETTER
          + """
          where d.task_uuid = :task and d.reason = 'manual_dlq' and d.resolution = 'pending'
          """;

  @Override
  public DeadLetter put(UUID task, By by) {
    return database.commit(
        Fact.PUT_DEAD_LETTER,
        () -> {
          held.take(task);
          entries.raise(
              new DeadLetterEntries.Finding(
                  task, Optional.empty(), DeadLetterReason.MANUAL_DLQ, by.reason(), by.actor()));
          return database
              .jdbc()
              .sql(PENDING)
              .param("task", task)
              .query(DeadLetterTable::letter)
              .single();
        });
  }

  private static final String UPDATE =
      """
      update dead_letters
      set resolution = coalesce(cast(:resolution as text), resolution),
          priority = coalesce(cast(:priority as int), priority),
          notes = case when notes = '' then :note else notes || E'\\n' || :note end,
          updated_at = engine_now(),
          resolved_at = case coalesce(cast(:resolution as text), resolution)
            when 'pending' then null else coalesce(resolved_at, engine_now()) end,
          resolved_by = case coalesce(cast(:resolution as text), resolution)
            when 'pending' then null else coalesce(resolved_by, :actor) end
      where dead_letter_uuid = :uuid
      """;

  @Override
  public DeadLetter update(UUID uuid, Change change, By by) {
    String note = change.note().map(said -> said + " - ").orElse("") + by.reason();
    try {
      return database.commit(
          Fact.UPDATE_DEAD_LETTER,
          () -> {
            database
                .jdbc()
                .sql(UPDATE)
                .param("resolution", change.resolution().map(Resolution::word).orElse(null))
                .param("priority", change.priority().orElse(null))
                .param("note", by.actor() + ": " + note)
                .param("actor", by.actor())
                .param("uuid", uuid)
                .update();
            return one(uuid)
                .orElseThrow(() -> new UnknownTarget("there is no dead letter %s".formatted(uuid)));
          });
    } catch (DuplicateKeyException e) {
      throw new VerbRefused(
          "pending", "another entry of the same task and reason is pending", "one at a time");
    }
  }

  private static final String COUNTS =
      """
      select resolution, reason, count(*) as letters, min(created_at) as oldest
      from dead_letters group by resolution, reason
      """;

  @Override
  public Stats stats() {
    Map<Resolution, Long> byResolution = new EnumMap<>(Resolution.class);
    Map<DeadLetterReason, Long> pendingByReason = new EnumMap<>(DeadLetterReason.class);
    List<Group> groups =
        database.read(() -> database.jdbc().sql(COUNTS).query(DeadLetterTable::group).list());
    for (Group group : groups) {
      byResolution.merge(group.resolution(), group.letters(), Long::sum);
      if (group.resolution() == Resolution.PENDING) {
        pendingByReason.merge(group.reason(), group.letters(), Long::sum);
      }
    }
    Optional<Instant> oldest =
        groups.stream()
            .filter(group -> group.resolution() == Resolution.PENDING)
            .map(Group::oldest)
            .min(Instant::compareTo);
    return new Stats(byResolution, pendingByReason, oldest);
  }

  private record Group(
      Resolution resolution, DeadLetterReason reason, long letters, Instant oldest) {}

  private static Group group(ResultSet row, int number) throws SQLException {
    return new Group(
        Resolution.of(row.getString("resolution")),
        DeadLetterReason.of(row.getString("reason")),
        row.getLong("letters"),
        row.getObject("oldest", OffsetDateTime.class).toInstant());
  }

  private static DeadLetter letter(ResultSet row, int number) throws SQLException {
    return new DeadLetter(
        row.getObject("dead_letter_uuid", UUID.class),
        row.getObject("task_uuid", UUID.class),
        Optional.ofNullable(row.getString("step")),
        DeadLetterReason.of(row.getString("reason")),
        row.getString("detail"),
        Json.readObject(row.getString("snapshot")),
        Resolution.of(row.getString("resolution")),
        row.getInt("priority"),
        row.getString("notes"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("resolved_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getString("resolved_by")));
  }
}
