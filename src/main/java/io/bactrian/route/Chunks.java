package io.bactrian.route;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.batch.Plans;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Range;
import io.bactrian.csv.RangeReader;
import io.bactrian.step.RunningStep;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;

/**
 * The Splitter expression of a batch worker: the chunks of its range from its checkpoint on.
 *
 * <p>A worker of a planned file gets {@link io.bactrian.csv.Chunk}s. Any other worker gets its
 * inputs, once.
 */
public final class Chunks {
  private final Plans plans;
  private final Clock clock;

  public Chunks(Plans plans, Clock clock) {
    this.plans = plans;
    this.clock = clock;
  }

  /** The chunks still to be done. */
  public Iterator<?> of(@ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    Optional<Plan> plan = plans.ofWorker(step.uuid());
    if (plan.isEmpty()) {
      return step.checkpoint().isPresent()
          ? List.of().iterator()
          : List.of(step.inputs()).iterator();
    }
    plan.get().checkUnchanged();
    Range rest = rest(step, plan.get());
    if (rest.start() >= rest.end()) {
      return List.of().iterator();
    }
    return new ChunkIterator(
        step,
        RangeReader.open(plan.get().file(), plan.get().dialect(), rest),
        new ChunkSize(clock));
  }

  private static Range rest(RunningStep step, Plan plan) {
    var worker = BatchWorkerContext.from(step);
    Range whole = plan.range(worker.startPosition(), worker.endPosition());
    Optional<Checkpoint> checkpoint = step.checkpoint();
    return checkpoint
        .map(c -> new Range(c.position(), whole.end(), c.offset(), whole.endOffset()))
        .orElse(whole);
  }
}
