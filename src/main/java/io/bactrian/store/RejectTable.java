package io.bactrian.store;

import io.bactrian.checkpoint.Reject;
import io.bactrian.checkpoint.RejectStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code rejects} and {@code reject_budgets}. */
public final class RejectTable implements RejectStore {
  private final Database database;

  public RejectTable(Database database) {
    this.database = database;
  }

  private static final String OPEN =
      """
      insert into reject_budgets (task_uuid, template_step, max_rejects)
      values (:task, :template_step, :max_rejects)
      on conflict (task_uuid, template_step) do nothing
      """;

  /** Limits how many records the workers of a template may set aside, all together. */
  void limit(UUID task, String templateStep, long most) {
    database
        .jdbc()
        .sql(OPEN)
        .param("task", task)
        .param("template_step", templateStep)
        .param("max_rejects", most)
        .update();
  }

  private static final String SPEND =
      """
      update reject_budgets set rejected = rejected + :rejects
      where task_uuid = :task and template_step = :template_step
      returning rejected, max_rejects
      """;

  private static final String INSERT =
      """
      insert into rejects (step_uuid, ordinal, byte_offset, record, reason)
      select :step, given.*
      from unnest(cast(:ordinals as bigint[]), cast(:offsets as bigint[]), cast(:records as bytea[]),
        cast(:reasons as text[])) as given
      """;

  @Override
  public Optional<TooMany> keep(Worker worker, List<Reject> rejects) {
    return database.commit(Fact.CHECKPOINT, () -> kept(worker, rejects));
  }

  private Optional<TooMany> kept(Worker worker, List<Reject> rejects) {
    Optional<TooMany> tooMany = spend(worker, rejects.size());
    if (tooMany.isEmpty()) {
      database
          .jdbc()
          .sql(INSERT)
          .param("step", worker.stepUuid())
          .param("ordinals", rejects.stream().map(Reject::ordinal).toArray(Long[]::new))
          .param("offsets", rejects.stream().map(Reject::offset).toArray(Long[]::new))
          .param("records", rejects.stream().map(Reject::bytes).toArray(byte[][]::new))
          .param("reasons", rejects.stream().map(RejectTable::reason).toArray(String[]::new))
          .update();
    }
    return tooMany;
  }

  /** A field that was found may hold a NUL, which PostgreSQL takes in no text. */
  private static String reason(Reject reject) {
    return reject.reason().replace('\0', '\ufffd');
  }

  private Optional<TooMany> spend(Worker worker, int rejects) {
    return database
        .jdbc()
        .sql(SPEND)
        .param("rejects", rejects)
        .param("task", worker.taskUuid())
        .param("template_step", worker.templateStep())
        .query(
            (row, n) -> {
              long most = row.getLong("max_rejects");
              long left = most - (row.getLong("rejected") - rejects);
              return new TooMany(most, (int) Math.min(left, rejects));
            })
        .optional()
        .filter(tooMany -> tooMany.within() < rejects);
  }
}
