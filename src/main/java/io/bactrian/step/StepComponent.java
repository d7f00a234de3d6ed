package io.bactrian.step;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * The Camel component {@code step:namespace/name/version/step}.
 *
 * <p>Its consumer is like one of JMS, but the message is a leased step and the acknowledgement is
 * the change of the step's state.
 */
@Component("step")
public final class StepComponent extends DefaultComponent {
  @Metadata(
      autowired = true,
      label = "advanced",
      description = "Leases the steps and commits their outcomes.")
  private @Nullable StepRunner runner;

  /** For Camel, which finds the runner among the beans. */
  public StepComponent() {}

  /**
   * @param runner leases the steps and commits their outcomes
   */
  public StepComponent(StepRunner runner) {
    this.runner = runner;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new StepEndpoint(uri, this, remaining);
  }

  public @Nullable StepRunner getRunner() {
    return runner;
  }

  public void setRunner(StepRunner runner) {
    this.runner = runner;
  }

  StepRunner runner() {
    if (runner == null) {
      throw new IllegalStateException(
          "component step: no engine is bound as a bean of type StepRunner");
    }
    return runner;
  }
}
