package io.bactrian.route;

import io.bactrian.csv.BadRecord;
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
   * @throws BadRecord always
   */
  public void refuse(
      @Body String problem,
      @ExchangeProperty(Exchange.SPLIT_INDEX) @Nullable Integer index,
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    if (index == null) {
      throw new IllegalStateException(
          "step %s: badRecord outside of a split; allowed: in a split over the records of a chunk"
              .formatted(step.step()));
    }
    throw step.badRecord(index, problem);
  }
}
