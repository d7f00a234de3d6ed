package io.bactrian.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.jspecify.annotations.Nullable;

/** Camel's measures of a route, for the routes of steps and their chunks. */
final class StepRouteMeters extends MicrometerRoutePolicyFactory {
  private static final String GROUP = "step-types";

  StepRouteMeters(MeterRegistry registry) {
    var configuration = new MicrometerRoutePolicyConfiguration();
    configuration.setContextEnabled(false);
    configuration.setExternalRedeliveries(false);
    configuration.setFailuresHandled(false);
    setPolicyConfiguration(configuration);
    setMeterRegistry(registry);
    setSkipCamelInfo(true);
  }

  @Override
  public @Nullable RoutePolicy createRoutePolicy(
      CamelContext camel, String routeId, NamedNode definition) {
    boolean isOfStep =
        definition instanceof RouteDefinition route && GROUP.equals(route.getGroup());
    return isOfStep ? super.createRoutePolicy(camel, routeId, definition) : null;
  }
}
