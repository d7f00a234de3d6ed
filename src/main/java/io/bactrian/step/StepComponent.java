package io.bactrian.step;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code step:namespace/name/version/step}.
 *
 * <p>Its consumer is like one of JMS, but the message is a leased step and the acknowledgement is
 * the change of the step's state.
 */
public final class StepComponent extends DefaultComponent {
  private final StepRunner runner;

  /**
   * @param runner leases the steps and commits their outcomes
   */
  public StepComponent(StepRunner runner) {
    this.runner = runner;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new StepEndpoint(uri, this, remaining, runner);
  }
}
