package io.bactrian.route;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.checkpoint.CheckpointStore;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.Position;
import io.bactrian.json.Json;
import io.bactrian.step.LeaseLost;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes the checkpoint of a chunk in the chunk's transaction. */
public final class CheckpointWriter {
  /** The largest partial result a range may carry, in bytes of JSON. */
  public static final int MAX_PARTIAL_BYTES = 1 << 20;

  private final CheckpointStore store;

  public CheckpointWriter(CheckpointStore store) {
    this.store = store;
  }

  /**
   * Saves position, partial result and counters.
   *
   * @throws io.bactrian.csv.CsvException if the range ends and its bytes are not the planned ones
   * @throws LeaseLost if another run owns the step; the transaction rolls back
   */
  public void save(
      @Body Map<String, Object> partial, @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    checkSize(step, partial);
    Checkpoint next = next(step, partial);
    step.propose(next);
    if (!store.save(step.uuid(), step.epoch(), next)) {
      throw new LeaseLost(step.uuid(), step.epoch());
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            step.committed();
          }
        });
  }

  private static Checkpoint next(RunningStep step, Map<String, Object> partial) {
    Optional<Chunk> chunk = step.chunkInWork();
    if (chunk.isEmpty()) {
      return new Checkpoint(BatchWorkerContext.from(step).endPosition(), -1, partial, 0, 0, 0, 0);
    }
    Position after = chunk.get().after();
    long records = chunk.get().recordCount();
    long before = step.checkpoint().map(Checkpoint::read).orElse(0L);
    return new Checkpoint(
        after.ordinal(),
        after.offset(),
        partial,
        before + records,
        before + records,
        0,
        0,
        after.crc());
  }

  private static void checkSize(RunningStep step, Map<String, Object> partial) {
    int bytes = Json.write(partial).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PARTIAL_BYTES) {
      throw new PermanentFailure(
          "the partial result of %s has %d bytes; allowed: %d. Write large results to a table or file"
              .formatted(step.step(), bytes, MAX_PARTIAL_BYTES));
    }
  }
}
