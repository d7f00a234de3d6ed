package io.bactrian.route;

import io.bactrian.csv.BadRecord;
import io.bactrian.step.RunningStep;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Lets a route say that a record cannot be used: the bean {@code badRecord}. Thread safe. */
public final class BadRecords {

  /** The id of the exchange that a worker's handler gets with the records of a chunk. */
  private static final String CHUNK_EXCHANGE = "chunkExchange";

  /**
   * Refuses the record that a split over the records of a chunk has in work. A split within that
   * one counts something else, and the Splitter of the engine counts chunks: the index is one of
   * records only if the split divides what the handler got.
   *
   * @param problem what was found in it, and what is allowed
   * @param index which record of the chunk, as the split counts them
   * @param chunk the exchange that the handler got
   * @param divided the exchange that the split divides
   * @throws BadRecord always
   */
  public void refuse(
      @Body String problem,
      @ExchangeProperty(Exchange.SPLIT_INDEX) @Nullable Integer index,
      @ExchangeProperty(CHUNK_EXCHANGE) @Nullable String chunk,
      @ExchangeProperty(Exchange.CORRELATION_ID) @Nullable String divided,
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    if (index == null || chunk == null || !chunk.equals(divided)) {
      throw new IllegalStateException(
          "step %s: badRecord outside of the split over the records of a chunk, or in a split or multicast within it; allowed: in that split itself"
              .formatted(step.step()));
    }
    throw step.badRecord(index, problem);
  }
}
