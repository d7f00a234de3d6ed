package io.bactrian.step;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.support.DefaultConsumer;

/**
 * Runs leased steps through its route. While it is started, its node claims steps for this route.
 */
final class StepConsumer extends DefaultConsumer implements StepRunner.Route {
  private final String path;
  private final StepRunner runner;

  StepConsumer(Endpoint endpoint, Processor processor, String path, StepRunner runner) {
    super(endpoint, processor);
    this.path = path;
    this.runner = runner;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    runner.open(path, this);
  }

  @Override
  protected void doStop() throws Exception {
    runner.close(path);
    super.doStop();
  }

  @Override
  public Object run(RunningStep step) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.setProperty(StepContext.PROPERTY, step);
      exchange.getIn().setBody(step.inputs());
      // Where Camel looks for the span above this one, and what HTTP handlers are told.
      step.lease().traceParent().ifPresent(span -> exchange.getIn().setHeader("traceparent", span));
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return exchange.getMessage().getBody();
    } catch (Error e) {
      letGo(exchange);
      throw e;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  /** Camel keeps an exchange that an error passed through in flight: a drain would wait for it. */
  private void letGo(Exchange exchange) {
    InflightRepository inflight = getEndpoint().getCamelContext().getInflightRepository();
    inflight.remove(exchange, getRouteId());
    inflight.remove(exchange);
  }
}
