package io.bactrian.store;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.checkpoint.CheckpointStore;
import io.bactrian.json.Json;
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
        select step_uuid from workflow_steps
        where step_uuid = :step and epoch = :epoch and state = 'in_progress'
        for update)
      insert into checkpoints as c
        (step_uuid, epoch, position, byte_offset, partial, records_read, records_written,
         records_filtered, records_rejected, range_crc, cursor)
      select step_uuid, :epoch, :position, :offset, cast(:partial as json), :read, :written, :filtered,
             :rejected, :crc, cast(:cursor as json)
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
    return database.commit(
        Fact.CHECKPOINT,
        () ->
            database
                    .jdbc()
                    .sql(SAVE)
                    .param("step", stepUuid)
                    .param("epoch", epoch)
                    .param("position", checkpoint.position())
                    .param("offset", checkpoint.offset())
                    .param("partial", Json.write(checkpoint.partial()))
                    .param("read", checkpoint.read())
                    .param("written", checkpoint.written())
                    .param("filtered", checkpoint.filtered())
                    .param("rejected", checkpoint.rejected())
                    .param("crc", checkpoint.crc())
                    .param("cursor", checkpoint.cursor().map(Json::write).orElse(null))
                    .update()
                == 1);
  }
}
