package io.bactrian.store;

import io.bactrian.batch.Plans;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Fingerprint;
import io.bactrian.csv.Plan;
import io.bactrian.csv.RecordIndex;
import io.bactrian.json.Json;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code plans} and {@code step_plans}. */
public final class PlanTable implements Plans {
  private final Database database;

  public PlanTable(Database database) {
    this.database = database;
  }

  private static final String KEEP =
      """
      with plan as (
        insert into plans
          (path, size, head_crc, tail_crc, modified_nanos, dialect, header, record_count, data_start,
           data_end, longest_record, record_index)
        values (:path, :size, :head, :tail, :modified, cast(:dialect as json), cast(:header as json),
                :records, :data_start, :data_end, :longest, :index)
        returning plan_id)
      insert into step_plans (step_uuid, plan_id) select :step, plan_id from plan
      on conflict (step_uuid) do update set plan_id = excluded.plan_id
      """;

  @Override
  public void keep(UUID batchableStep, Plan plan) {
    Fingerprint fingerprint = plan.fingerprint();
    database.commit(
        Fact.KEEP_PLAN,
        () ->
            database
                .jdbc()
                .sql(KEEP)
                .param("path", plan.file().toString())
                .param("size", fingerprint.size())
                .param("head", fingerprint.headCrc())
                .param("tail", fingerprint.tailCrc())
                .param("modified", fingerprint.modifiedNanos())
                .param("dialect", Json.write(plan.dialect().toMap()))
                .param("header", Json.write(plan.header()))
                .param("records", plan.recordCount())
                .param("data_start", plan.dataStart())
                .param("data_end", plan.dataEnd())
                .param("longest", plan.longestRecord())
                .param("index", plan.index().encode())
                .param("step", batchableStep)
                .update());
  }

  private static final String OF_WORKER =
      """
      select p.* from workflow_steps w
      join step_plans sp on sp.step_uuid = w.created_by
      join plans p using (plan_id)
      where w.step_uuid = :worker
      """;

  @Override
  public Optional<Plan> ofWorker(UUID worker) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(OF_WORKER)
                .param("worker", worker)
                .query(PlanTable::plan)
                .optional());
  }

  private static Plan plan(ResultSet row, int number) throws SQLException {
    return new Plan(
        Path.of(row.getString("path")),
        new Fingerprint(
            row.getLong("size"),
            row.getLong("head_crc"),
            row.getLong("tail_crc"),
            row.getLong("modified_nanos")),
        Dialect.fromMap(Json.readObject(row.getString("dialect"))),
        header(row.getString("header")),
        row.getLong("record_count"),
        row.getLong("data_start"),
        row.getLong("data_end"),
        row.getLong("longest_record"),
        RecordIndex.decode(row.getBytes("record_index")));
  }

  private static List<String> header(String json) {
    return Arrays.asList(Json.MAPPER.convertValue(Json.readTree(json), String[].class));
  }
}
