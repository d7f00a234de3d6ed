package io.bactrian.route;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.KeyedChunk;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepReleased;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;

/** The result of a worker: the partial result of its last checkpoint. */
public final class PartialResult {

  /**
   * Ends a worker.
   *
   * @return the partial result of the whole range
   * @throws StepReleased if the run was told to end and the range is not done
   */
  public Map<String, Object> result(@ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    BatchWorkerContext worker = BatchWorkerContext.from(step);
    if (worker.isNoOp()) {
      return worker.noOpResult();
    }
    Optional<Checkpoint> checkpoint = step.position().reached();
    if (checkpoint.filter(worker::isEndedBy).isPresent()) {
      return checkpoint.get().partial();
    }
    if (step.keyedChunk().filter(KeyedChunk::isEmptyEnd).isPresent()) {
      return checkpoint.map(Checkpoint::partial).orElse(Map.of());
    }
    long position = checkpoint.map(Checkpoint::position).orElse(worker.startPosition());
    if (step.isEnding()) {
      throw new StepReleased(step.step(), position);
    }
    throw new IllegalStateException(
        "range of %s ended at record %d before its end %d"
            .formatted(step.step(), position, worker.endPosition()));
  }
}
