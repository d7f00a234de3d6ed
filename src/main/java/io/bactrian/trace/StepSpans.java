package io.bactrian.trace;

import io.bactrian.step.RunningStep;
import io.bactrian.step.StepContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/** The span of an attempt. Names the step, tells no contents. */
public final class StepSpans extends AbstractSpanDecorator {
  @Override
  public String getComponent() {
    return "step";
  }

  @Override
  public String getComponentClassName() {
    return "io.bactrian.step.StepComponent";
  }

  @Override
  public String getOperationName(Exchange exchange, Endpoint endpoint) {
    return "step " + stripSchemeAndOptions(endpoint);
  }

  @Override
  public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
    name(span, exchange);
  }

  @Override
  public void afterTracingEvent(Span span, Exchange exchange) {
    fail(span, exchange);
  }

  static void name(Span span, Exchange exchange) {
    RunningStep step = exchange.getProperty(StepContext.PROPERTY, RunningStep.class);
    span.setTag("bactrian.task_uuid", step.taskUuid().toString());
    span.setTag("bactrian.step", step.step());
    span.setTag("bactrian.step_uuid", step.uuid().toString());
    span.setTag("bactrian.step_type", step.lease().type().word());
    span.setTag("bactrian.attempt", String.valueOf(step.attempt()));
  }

  /** Says what kind of failure it was; its message may have contents of a record. */
  static void fail(Span span, Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure != null) {
      // Camel and Spring wrap it.
      while (failure.getCause() != null) {
        failure = failure.getCause();
      }
      span.setError(true);
      span.setTag("error.type", failure.getClass().getName());
    }
  }
}
