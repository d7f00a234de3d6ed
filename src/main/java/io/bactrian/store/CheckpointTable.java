package io.bactrian.store;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.checkpoint.CheckpointStore;
import io.bactrian.json.Json;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The table {@code checkpoints}: one row a step, overwritten under the epoch of the lease. */
public final class CheckpointTable implements CheckpointStore {
  private final Database database;

  public CheckpointTable(Database database) {
    this.database = database;
  }

  private static final String SAVE =
      """
      with held as (
        select given.* from json_to_recordset(cast(:given as json)) as given
          (step_uuid uuid, epoch int, position bigint, byte_offset bigint, partial text, read bigint,
           written bigint, filtered bigint, rejected bigint, crc bigint, cursor text)
        join workflow_steps s on s.step_uuid = given.step_uuid and s.epoch = given.epoch
        where s.state = :state
        order by s.step_uuid for update of s)
      insert into checkpoints as c
        (step_uuid, epoch, position, byte_offset, partial, records_read, records_written,
         records_filtered, records_rejected, range_crc, cursor)
      select step_uuid, epoch, position, byte_offset, cast(partial as json), read, written, filtered,
             rejected, crc, cast(cursor as json)
      from held
      on conflict (step_uuid) do update
      set epoch = excluded.epoch, position = excluded.position, byte_offset = excluded.byte_offset,
          partial = excluded.partial, records_read = excluded.records_read,
          records_written = excluded.records_written, records_filtered = excluded.records_filtered,
          records_rejected = excluded.records_rejected, range_crc = excluded.range_crc,
          cursor = excluded.cursor,
          updated_at = engine_now()
      where c.position <= excluded.position
      """;

  @Override
  public boolean save(UUID stepUuid, int epoch, Checkpoint checkpoint) {
    var key = new StepLease.Key(stepUuid, epoch);
    return database.commit(
        Fact.CHECKPOINT, () -> saveAll(Map.of(key, checkpoint), StepState.IN_PROGRESS) == 1);
  }

  @Override
  public boolean isAwaited() {
    return database.isAwaited();
  }

  /** Saves the checkpoints of steps that this transaction has completed: it makes both true. */
  void saveCompleted(Map<StepLease.Key, Checkpoint> checkpoints) {
    int saved = checkpoints.isEmpty() ? 0 : saveAll(checkpoints, StepState.COMPLETE);
    for (int i = 0; i < saved; i++) {
      database.alsoMakes(Fact.CHECKPOINT);
    }
  }

  private int saveAll(Map<StepLease.Key, Checkpoint> checkpoints, StepState state) {
    var given = checkpoints.entrySet().stream().map(one -> row(one.getKey(), one.getValue()));
    return database
        .jdbc()
        .sql(SAVE)
        .param("given", Json.write(given.toList()))
        .param("state", state.word())
        .update();
  }

  /** Partial result and cursor are JSON in JSON, as text: PostgreSQL reads them no sooner. */
  private static Map<String, Object> row(StepLease.Key key, Checkpoint checkpoint) {
    var row = new LinkedHashMap<String, Object>();
    row.put("step_uuid", key.stepUuid().toString());
    row.put("epoch", key.epoch());
    row.put("position", checkpoint.position());
    row.put("byte_offset", checkpoint.offset());
    row.put("partial", Json.write(checkpoint.partial()));
    row.put("read", checkpoint.read());
    row.put("written", checkpoint.written());
    row.put("filtered", checkpoint.filtered());
    row.put("rejected", checkpoint.rejected());
    row.put("crc", checkpoint.crc());
    checkpoint.cursor().map(Json::write).ifPresent(cursor -> row.put("cursor", cursor));
    return row;
  }
}
