package io.bactrian.trace;

import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.jspecify.annotations.Nullable;

/** Camel's tracer, for the routes of steps and of their chunks. */
final class StepTracer extends OpenTelemetryTracer {
  private static final Pattern TRACED = Pattern.compile("step:.*|direct:.*/chunk(\\?.*)?");

  @Override
  public boolean exclude(@Nullable String endpoint, CamelContext camel) {
    return endpoint == null || !TRACED.matcher(endpoint.replace("://", ":")).matches();
  }
}
