package io.bactrian.store;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.RecordFile;
import io.bactrian.json.Json;
import io.bactrian.task.Page;
import io.bactrian.task.RejectFile;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.RejectingStep;
import io.bactrian.task.Rejects;
import io.bactrian.task.StepNotNamed;
import io.bactrian.task.UnknownTarget;
import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the table {@code rejects}. */
public final class RejectReads implements Rejects {
  private final Database database;

  public RejectReads(Database database) {
    this.database = database;
  }

  /**
   * Workers of one template step.
   *
   * @param name that of the template step
   * @param position where it stands in the template
   * @param first batch index of the first worker
   * @param last that of the last
   */
  record Workers(String name, int position, int first, int last) {}

  /**
   * How the planned file is written.
   *
   * @param header the names of its columns
   */
  private record Form(Dialect dialect, List<String> header) {
    static final Form NONE = new Form(Dialect.fromMap(Map.of("header", false)), List.of());
  }

  private static final String STEPS =
      """
      select s.template_step, count(*) as rejected
      from workflow_steps s join rejects r using (step_uuid)
      where s.task_uuid = :task
      group by s.position, s.template_step order by s.position
      """;

  @Override
  public List<RejectingStep> steps(UUID task) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(STEPS)
                .param("task", task)
                .query(
                    (row, n) -> {
                      String name = row.getString("template_step");
                      return new RejectingStep(
                          name, row.getLong("rejected"), form(task, name).header());
                    })
                .list());
  }

  private static final String FORM =
      """
      select p.dialect, p.header from workflow_steps s
      join step_plans sp on sp.step_uuid = s.created_by
      join plans p using (plan_id)
      where s.task_uuid = :task and s.template_step = :step
      limit 1
      """;

  private Form form(UUID task, String templateStep) {
    return database
        .jdbc()
        .sql(FORM)
        .param("task", task)
        .param("step", templateStep)
        .query(
            (row, n) ->
                new Form(
                    Dialect.fromMap(Json.readObject(row.getString("dialect"))),
                    Arrays.asList(
                        Json.MAPPER.convertValue(
                            Json.readTree(row.getString("header")), String[].class))))
        .optional()
        .orElse(Form.NONE);
  }

  private static final String WORKERS =
      """
      select s.template_step, s.position, min(s.batch_index) as first, max(s.batch_index) as last
      from workflow_steps s
      where s.task_uuid = :task and (s.template_step = :step or s.name = :step)
      group by s.template_step, s.position
      """;

  private Workers workers(UUID task, String step) {
    return database
        .jdbc()
        .sql(WORKERS)
        .param("task", task)
        .param("step", step)
        .query(
            (row, n) ->
                new Workers(
                    row.getString("template_step"),
                    row.getInt("position"),
                    row.getInt("first"),
                    row.getInt("last")))
        .optional()
        .orElseThrow(() -> new UnknownTarget("task %s has no step %s".formatted(task, step)));
  }

  private static final String COUNT =
      """
      select count(*) from workflow_steps s join rejects r using (step_uuid)
      where s.task_uuid = :task
        and (cast(:position as int) is null
          or (s.position = :position and s.batch_index between :first and :last))
      """;

  private static final String PAGE =
      """
      select s.name, s.template_step, r.ordinal, r.byte_offset, r.reason, r.created_at,
             substring(r.record from 1 for :most) as record, octet_length(r.record) as bytes
      from workflow_steps s
      cross join lateral (
        select * from rejects where step_uuid = s.step_uuid
        order by ordinal limit :size + :offset) r
      where s.task_uuid = :task
        and (cast(:position as int) is null
          or (s.position = :position and s.batch_index between :first and :last))
      order by s.position, s.batch_index, r.ordinal limit :size offset :offset
      """;

  @Override
  public Page<RejectedRecord> page(UUID task, Optional<String> step, Page.Cut cut) {
    return database.read(
        () -> {
          Optional<Workers> of = step.map(name -> workers(task, name));
          long total = asked(COUNT, task, of).query(Long.class).single();
          Map<String, Charset> charsets = new HashMap<>();
          List<RejectedRecord> records =
              asked(PAGE, task, of)
                  .param("most", RejectedRecord.MOST_BYTES)
                  .param("size", cut.size())
                  .param("offset", cut.offset())
                  .query(
                      (row, n) ->
                          record(
                              row,
                              charsets.computeIfAbsent(
                                  row.getString("template_step"),
                                  name -> form(task, name).dialect().charset())))
                  .list();
          return new Page<>(records, cut.number(), cut.size(), total);
        });
  }

  private JdbcClient.StatementSpec asked(String sql, UUID task, Optional<Workers> of) {
    return database
        .jdbc()
        .sql(sql)
        .param("task", task)
        .param("position", of.map(Workers::position).orElse(null))
        .param("first", of.map(Workers::first).orElse(null))
        .param("last", of.map(Workers::last).orElse(null));
  }

  private static RejectedRecord record(ResultSet row, Charset charset) throws SQLException {
    byte[] bytes = row.getBytes("record");
    return new RejectedRecord(
        row.getString("name"),
        row.getString("template_step"),
        row.getLong("ordinal"),
        row.getLong("byte_offset"),
        row.getString("reason"),
        new RejectedRecord.Content(
            new String(bytes, charset),
            Base64.getEncoder().encodeToString(bytes),
            row.getLong("bytes")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  @Override
  public RejectFile file(UUID task, Optional<String> step) {
    return database.read(
        () -> {
          Workers workers = workers(task, step.orElseGet(() -> only(task)));
          Form form = form(task, workers.name());
          var records = new RejectWalk(database, task, workers);
          if (!records.hasNext()) {
            throw nothing(task);
          }
          return new RejectFile(
              "rejects-%s-%s.csv"
                  .formatted(task, step.orElse(workers.name()).replaceAll("[^\\w.-]", "_")),
              form.header(),
              new RecordFile(form.dialect(), form.header(), records));
        });
  }

  /** The one template step that has rejected records. */
  private String only(UUID task) {
    List<String> names = steps(task).stream().map(RejectingStep::name).toList();
    if (names.isEmpty()) {
      throw nothing(task);
    }
    if (names.size() > 1) {
      throw new StepNotNamed(task, names);
    }
    return names.get(0);
  }

  private static UnknownTarget nothing(UUID task) {
    return new UnknownTarget(
        "task %s has no rejected records, or the step has none".formatted(task));
  }
}
