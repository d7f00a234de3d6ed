package io.bactrian.trace;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.DirectSpanDecorator;

/** The span of a chunk: its transaction with handler, fold and checkpoint. */
public final class ChunkSpans extends DirectSpanDecorator {
  @Override
  public String getOperationName(Exchange exchange, Endpoint endpoint) {
    return "chunk " + stripSchemeAndOptions(endpoint).replaceFirst("/chunk$", "");
  }

  @Override
  public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
    StepSpans.name(span, exchange);
  }

  @Override
  public void afterTracingEvent(Span span, Exchange exchange) {
    StepSpans.fail(span, exchange);
  }
}
