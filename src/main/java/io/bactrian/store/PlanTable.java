package io.bactrian.store;

import io.bactrian.batch.Plans;
import io.bactrian.csv.Checksums;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Division;
import io.bactrian.csv.Fingerprint;
import io.bactrian.csv.Plan;
import io.bactrian.csv.RecordIndex;
import io.bactrian.json.Json;
import io.bactrian.step.StepContext;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code plans} and {@code step_plans}. */
public final class PlanTable implements Plans {
  private static final int RECENT = 8;

  private final Database database;
  private final Map<Kind, Optional<Division>> recent =
      Collections.synchronizedMap(
          new LinkedHashMap<>(2 * RECENT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Kind, Optional<Division>> eldest) {
              return size() > RECENT;
            }
          });

  public PlanTable(Database database) {
    this.database = database;
  }

  private static final String FIND =
      """
      select p.* from plans p
      where path = :path and size = :size and head_crc = :head and tail_crc = :tail
        and modified_nanos = :modified and place = :place and place <> ''
        and md5(dialect::text) = md5(:dialect)
      """;

  @Override
  public Optional<Plan> find(Path file, Dialect dialect, Fingerprint now) {
    return database.read(
        () ->
            identity(database.jdbc().sql(FIND), file, dialect, now)
                .query(PlanTable::plan)
                .optional());
  }

  private static final String KEEP =
      """
      with plan as (
        insert into plans
          (path, size, head_crc, tail_crc, modified_nanos, place, dialect, header, record_count,
           data_start, data_end, longest_record, record_index, checksums)
        values (:path, :size, :head, :tail, :modified, :place, cast(:dialect as json),
                cast(:header as json), :records, :data_start, :data_end, :longest, :index, :checksums)
        on conflict (path, size, head_crc, tail_crc, modified_nanos, place, md5(dialect::text))
          where place <> ''
        do update set path = excluded.path
        returning plan_id)
      insert into step_plans (step_uuid, plan_id, ranges) select :step, plan_id, :ranges from plan
      on conflict (step_uuid) do update set plan_id = excluded.plan_id, ranges = excluded.ranges
      """;

  @Override
  public void keep(UUID batchableStep, Division division) {
    Plan plan = division.plan();
    database.commit(
        Fact.KEEP_PLAN,
        () ->
            identity(database.jdbc().sql(KEEP), plan.file(), plan.dialect(), plan.fingerprint())
                .param("header", Json.write(plan.header()))
                .param("records", plan.recordCount())
                .param("data_start", plan.dataStart())
                .param("data_end", plan.dataEnd())
                .param("longest", plan.longestRecord())
                .param("index", plan.index().encode())
                .param("checksums", plan.checksums().encode())
                .param("step", batchableStep)
                .param("ranges", division.encodeRanges())
                .update());
  }

  private static JdbcClient.StatementSpec identity(
      JdbcClient.StatementSpec statement, Path file, Dialect dialect, Fingerprint fingerprint) {
    return statement
        .param("path", file.toString())
        .param("size", fingerprint.size())
        .param("head", fingerprint.headCrc())
        .param("tail", fingerprint.tailCrc())
        .param("modified", fingerprint.modifiedNanos())
        .param("place", fingerprint.place())
        .param("dialect", Json.write(dialect.toMap()));
  }

  private static final String DIVISION =
      """
      select p.*, sp.ranges from workflow_steps w
      join step_plans sp on sp.step_uuid = w.created_by
      join plans p using (plan_id)
      where w.step_uuid = :worker
      """;

  /** Looked up once for all workers of a kind: when they exist, their plan stays as it is. */
  @Override
  public Optional<Division> ofWorker(StepContext worker) {
    return recent.computeIfAbsent(
        new Kind(worker.taskUuid(), worker.templateStep()), kind -> division(worker.uuid()));
  }

  private Optional<Division> division(UUID worker) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(DIVISION)
                .param("worker", worker)
                .query((row, n) -> Division.decode(plan(row, n), row.getBytes("ranges")))
                .optional());
  }

  /** The workers of one template step of a task. */
  private record Kind(UUID task, String templateStep) {}

  private static Plan plan(ResultSet row, int number) throws SQLException {
    return new Plan(
        Path.of(row.getString("path")),
        new Fingerprint(
            row.getLong("size"),
            row.getLong("head_crc"),
            row.getLong("tail_crc"),
            row.getLong("modified_nanos"),
            row.getString("place")),
        Dialect.fromMap(Json.readObject(row.getString("dialect"))),
        header(row.getString("header")),
        row.getLong("record_count"),
        row.getLong("data_start"),
        row.getLong("data_end"),
        row.getLong("longest_record"),
        RecordIndex.decode(row.getBytes("record_index")),
        checksums(row));
  }

  private static Checksums checksums(ResultSet row) throws SQLException {
    byte[] encoded = row.getBytes("checksums");
    if (encoded == null) {
      throw new StoreException(
          "plan %d was made by an older version; submit the task again"
              .formatted(row.getLong("plan_id")));
    }
    return Checksums.decode(encoded);
  }

  private static List<String> header(String json) {
    return Arrays.asList(Json.MAPPER.convertValue(Json.readTree(json), String[].class));
  }
}
