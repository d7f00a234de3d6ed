package io.bactrian.store;

import io.bactrian.access.AuditTrail;
import java.time.OffsetDateTime;
import java.util.List;

/** The table {@code audit_trail}. */
public final class AuditTable implements AuditTrail {
  private final Database database;

  public AuditTable(Database database) {
    this.database = database;
  }

  private static final String NOTE =
      """
      insert into audit_trail (actor, action, target, reason, outcome)
      values (:actor, :action, :target, :reason, :outcome)
      """;

  @Override
  public void note(Entry entry) {
    database.commit(
        Fact.AUDIT,
        () -> {
          database
              .jdbc()
              .sql(NOTE)
              .param("actor", entry.actor())
              .param("action", entry.action())
              .param("target", entry.target())
              .param("reason", entry.reason())
              .param("outcome", entry.done() ? "done" : "refused")
              .update();
        });
  }

  private static final String NEWEST =
      """
      select audit_id, at, actor, action, target, reason, outcome from audit_trail
      where audit_id < :before order by audit_id desc limit :most
      """;

  @Override
  public List<Kept> newest(long before, int limit) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(NEWEST)
                .param("before", before)
                .param("most", limit)
                .query(
                    (row, n) ->
                        new Kept(
                            row.getLong("audit_id"),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            new Entry(
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("target"),
                                row.getString("reason"),
                                row.getString("outcome").equals("done"))))
                .list());
  }
}
