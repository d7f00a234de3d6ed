package io.bactrian.route;

import io.bactrian.csv.BadRecord;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Lets a route say that a record cannot be used: the bean {@code badRecord}. Thread safe. */
public final class BadRecords {

  /**
   * Refuses the record that a split over the records of a chunk has in work.
   *
   * @param problem what was found in it, and what is allowed
   * @param index which record of the chunk, as the split counts them
   * @throws BadRecord always, but for
   * @throws PermanentFailure outside of the split, and in a split or multicast within it
   */
  public void refuse(
      @Body String problem,
      @ExchangeProperty(Exchange.SPLIT_INDEX) @Nullable Integer index,
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step,
      Exchange exchange) {
    if (index == null || !ChunkExchange.isDividedInto(exchange)) {
      throw new PermanentFailure(
          "step %s: badRecord outside of the split over the records of a chunk, or in a split or multicast within it; allowed: in that split itself"
              .formatted(step.step()));
    }
    throw step.badRecord(index, problem);
  }
}
