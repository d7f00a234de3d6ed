package io.bactrian.route;

import io.bactrian.checkpoint.Reject;
import io.bactrian.csv.BadRecord;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.ChunkParts;
import io.bactrian.step.RunningStep;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;

/**
 * Takes a chunk apart around the records that its handler, or the form it wants them in, cannot
 * use: the bean of the loop in which a worker with {@code on_bad_row: reject} works a chunk off.
 *
 * <p>A bad record is kept with the part behind it: both commit together. Each part has a copy of
 * the exchange: headers, properties and variables that a handler sets end with its part.
 */
public final class Parts {
  private static final String PROPERTY = "parts";

  /** Begins with the chunk that is the body. */
  public void begin(@Body Chunk chunk, Exchange exchange) {
    exchange.setProperty(PROPERTY, new ChunkParts(chunk));
  }

  /** Whether something of the chunk is still to be done, and the run need not end. */
  public boolean areLeft(
      @ExchangeProperty(RunningStep.PROPERTY) RunningStep step, Exchange exchange) {
    return !inWork(exchange).isThrough() && !step.isEnding();
  }

  /** The next part of the chunk. */
  public Chunk next(@ExchangeProperty(RunningStep.PROPERTY) RunningStep step, Exchange exchange) {
    ChunkParts parts = inWork(exchange);
    Chunk part = parts.next();
    step.position().begin();
    step.begin(part, parts.passed().stream().map(Parts::reject).toList());
    return part;
  }

  /**
   * Sets the record aside that was the part's undoing.
   *
   * @throws BadRecord the same, if it is none of the part
   */
  public void setAside(@ExchangeException BadRecord bad, Exchange exchange) {
    inWork(exchange).setAside(bad);
  }

  private static Reject reject(ChunkParts.Passed passed) {
    BadRecord bad = passed.record();
    return new Reject(bad.ordinal(), bad.offset(), passed.bytes(), bad.problem());
  }

  private static ChunkParts inWork(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty(PROPERTY, ChunkParts.class));
  }
}
