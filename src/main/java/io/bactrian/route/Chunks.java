package io.bactrian.route;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.batch.KeyedRows;
import io.bactrian.batch.Plans;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.csv.Division;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Position;
import io.bactrian.csv.Range;
import io.bactrian.csv.RangeReader;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import io.bactrian.template.Catalog;
import io.bactrian.template.WorkerRules;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * The Splitter expression of a batch worker: the chunks of its range from its checkpoint on.
 *
 * <p>A worker of a planned file gets {@link io.bactrian.csv.Chunk}s, one of a range of keys lists
 * of rows. Any other worker gets its inputs, once more for each checkpoint of its own; a
 * placeholder nothing.
 */
public final class Chunks {
  private final Catalog catalog;
  private final Plans plans;
  private final KeyedRows rows;
  private final InputCheck input;
  private final Clock clock;
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  public Chunks(Catalog catalog, Plans plans, InputCheck input, KeyedRows rows, Clock clock) {
    this.catalog = catalog;
    this.plans = plans;
    this.rows = rows;
    this.input = input;
    this.clock = clock;
  }

  /**
   * The chunks still to be done. They read the file until the exchange ends: a Splitter is through
   * with its iterator before the last chunk is handled.
   */
  public Iterator<?> of(
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step, Exchange exchange) {
    if (BatchWorkerContext.from(step).isNoOp()) {
      return List.of().iterator();
    }
    Optional<Division> division = plans.ofWorker(step);
    if (division.isEmpty()) {
      checkSetsNothingAside(step);
      return KeyedChunks.isKeyed(step) ? keyed(step) : new HandlerCalls(step);
    }
    Plan plan = division.get().plan();
    input.check(step, plan);
    var worker = BatchWorkerContext.from(step);
    Range range = division.get().range(worker.startPosition(), worker.endPosition());
    Position from = step.checkpoint().map(Chunks::position).orElse(Position.startOf(range));
    if (from.ordinal() >= range.end()) {
      return List.of().iterator();
    }
    RangeReader reader = RangeReader.resume(plan, range, from);
    exchange.getExchangeExtension().addOnCompletion(new CsvChunks.CloseReader(reader));
    return new ChunkIterator(step, reader, size(step));
  }

  private void checkSetsNothingAside(RunningStep step) {
    if (rules(step).badRows().isReject()) {
      throw new PermanentFailure(
          "step %s has on_bad_row: reject, and its range is not one of a planned file; allowed there: fail"
              .formatted(step.step()));
    }
  }

  private Iterator<?> keyed(RunningStep step) {
    String batchable =
        catalog
            .step(step.routeId())
            .map(entry -> entry.template().batchableOf(entry.step().name()))
            .orElseThrow(() -> new IllegalStateException("no template for " + step.step()));
    return KeyedChunks.of(step, rows, batchable, size(step));
  }

  private ChunkSize size(RunningStep step) {
    Pace pace = paces.computeIfAbsent(step.routeId(), route -> new Pace());
    return new ChunkSize(clock, rules(step), step.attempt(), pace);
  }

  private WorkerRules rules(RunningStep step) {
    return catalog
        .step(step.routeId())
        .map(entry -> entry.step().worker())
        .orElse(WorkerRules.STANDARD);
  }

  private static Position position(Checkpoint checkpoint) {
    return new Position(checkpoint.position(), checkpoint.offset(), checkpoint.crc());
  }
}
