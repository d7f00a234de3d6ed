package io.bactrian.route;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.checkpoint.CheckpointStore;
import io.bactrian.checkpoint.Reject;
import io.bactrian.checkpoint.RejectStore;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.Position;
import io.bactrian.json.Json;
import io.bactrian.step.KeyedChunk;
import io.bactrian.step.LeaseLost;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes the checkpoint of a chunk in the chunk's transaction. The one that ends a range is written
 * with the end of the step, in one commit, when the chunk has no effect that must commit with it.
 */
public final class CheckpointWriter {
  private final CheckpointStore store;
  private final RejectStore rejects;
  private final int maxBytes;

  /**
   * @param store where checkpoints are kept
   * @param rejects where records are kept that are set aside
   * @param maxBytes the largest partial result a range may carry, in bytes of JSON
   */
  public CheckpointWriter(CheckpointStore store, RejectStore rejects, int maxBytes) {
    this.store = store;
    this.rejects = rejects;
    this.maxBytes = maxBytes;
  }

  /**
   * Saves position, partial result, counters and the records set aside.
   *
   * @throws io.bactrian.csv.CsvException if the range ends and its bytes are not the planned ones
   * @throws LeaseLost if another run owns the step; the transaction rolls back
   * @throws PermanentFailure if more records are set aside than the task may
   */
  public void save(
      @Body Map<String, Object> partial, @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    checkSize(step, partial);
    Checkpoint next = next(step, partial);
    boolean alone = step.rejects().isEmpty() && !store.isAwaited();
    if (alone && BatchWorkerContext.from(step).isEndedBy(next)) {
      step.endWith(next);
      return;
    }
    step.position().propose(next);
    if (!store.save(step.uuid(), step.epoch(), next)) {
      throw new LeaseLost(step.uuid(), step.epoch());
    }
    if (!step.rejects().isEmpty()) {
      keepRejects(step, step.rejects());
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            step.committed();
          }
        });
  }

  private void keepRejects(RunningStep step, List<Reject> aside) {
    var worker = new RejectStore.Worker(step.taskUuid(), step.uuid(), step.templateStep());
    rejects
        .keep(worker, aside)
        .ifPresent(
            tooMany -> {
              Reject first = aside.get(tooMany.within());
              throw new PermanentFailure(
                  "%s: record %d at byte %d: %s. With it the workers of %s set more records of this task aside than max_rejects; allowed: %d. Those of the parts before: ./bactrian rejects %s"
                      .formatted(
                          step.step(),
                          first.ordinal(),
                          first.offset(),
                          first.reason(),
                          step.templateStep(),
                          tooMany.most(),
                          step.taskUuid()));
            });
  }

  private static Checkpoint next(RunningStep step, Map<String, Object> partial) {
    Optional<Chunk> chunk = step.chunkInWork();
    long before = step.checkpoint().map(Checkpoint::read).orElse(0L);
    if (step.keyedChunk().isPresent()) {
      return keyed(step, step.keyedChunk().get(), partial, before);
    }
    if (chunk.isEmpty()) {
      return step.position().own().orElseGet(() -> last(step, partial, before));
    }
    Position after = chunk.get().after();
    long rejected = step.rejects().size() + step.checkpoint().map(Checkpoint::rejected).orElse(0L);
    long read = before + step.rejects().size() + chunk.get().recordCount();
    return new Checkpoint(
        after.ordinal(), after.offset(), partial, read, read - rejected, 0, rejected, after.crc());
  }

  /** In a range of keys the position counts rows, the cursor is the last key; empty at the end. */
  private static Checkpoint keyed(
      RunningStep step, KeyedChunk chunk, Map<String, Object> partial, long before) {
    long rows = before + chunk.rows();
    if (chunk.end()) {
      return last(step, partial, rows);
    }
    return new Checkpoint(rows, -1, partial, rows, rows, 0, 0, 0, Optional.of(chunk.last()));
  }

  /** The end of a range that is not one of a file. */
  private static Checkpoint last(RunningStep step, Map<String, Object> partial, long items) {
    long end = BatchWorkerContext.from(step).endPosition();
    long position = Math.max(end, step.checkpoint().map(Checkpoint::position).orElse(end));
    return new Checkpoint(position, -1, partial, items, items, 0, 0);
  }

  private void checkSize(RunningStep step, Map<String, Object> partial) {
    int bytes = Json.write(partial).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      throw new PermanentFailure(
          "the partial result of %s has %d bytes; allowed: %d (setting bactrian.checkpoint.max-bytes). Write large results to a table or file"
              .formatted(step.step(), bytes, maxBytes));
    }
  }
}
