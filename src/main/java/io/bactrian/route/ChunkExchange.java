package io.bactrian.route;

import org.apache.camel.Exchange;

/**
 * Knows the exchange that carries the records of a chunk: a split of it counts records, while the
 * Splitter of the engine counts chunks, and a split within such a split something else.
 */
final class ChunkExchange {
  private static final String PROPERTY = "chunkExchange";

  private ChunkExchange() {}

  /** The body is the records of a chunk. */
  static void mark(Exchange exchange) {
    exchange.setProperty(PROPERTY, exchange.getExchangeId());
  }

  /** Whether an exchange is a part of the one that carries the records. */
  static boolean isDividedInto(Exchange part) {
    String carrier = part.getProperty(PROPERTY, String.class);
    return carrier != null && carrier.equals(part.getProperty(Exchange.CORRELATION_ID));
  }
}
