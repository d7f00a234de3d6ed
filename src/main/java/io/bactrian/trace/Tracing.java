package io.bactrian.trace;

import io.bactrian.task.SubmissionTrace;
import io.bactrian.task.Submitted;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/** Sends spans to an OTLP endpoint. Closing sends what is left; it is idempotent. */
public final class Tracing implements SubmissionTrace, AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final long CLOSE_SECONDS = 5;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Tracing(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("io.bactrian");
  }

  /**
   * Begins to trace.
   *
   * @param endpoint where OTLP over HTTP is taken, without {@code /v1/traces}
   * @param process what this process is called
   */
  public static Tracing to(String endpoint, UUID process) {
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    var exporter = OtlpHttpSpanExporter.builder().setEndpoint(base + PATH).build();
    Attributes names =
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            "bactrian",
            AttributeKey.stringKey("service.instance.id"),
            process.toString());
    return new Tracing(
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(names)))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  /** Traces the routes of steps. */
  public void attach(CamelContext camel) {
    camel.getRegistry().bind("tracer", tracer);
    camel
        .getRegistry()
        .bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
    var steps = new StepTracer();
    steps.setCamelContext(camel);
    steps.init(camel);
  }

  @Override
  public Submitted around(String template, Function<Optional<String>, Submitted> work) {
    Span span = tracer.spanBuilder("submit " + template).startSpan();
    try (Scope unused = span.makeCurrent()) {
      Submitted submitted = work.apply(Optional.of(parent(span.getSpanContext())));
      span.setAttribute("bactrian.task_uuid", submitted.task().toString());
      return submitted;
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR).setAttribute("error.type", e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  private static String parent(SpanContext span) {
    return "00-%s-%s-%s"
        .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex());
  }

  @Override
  public void close() {
    CompletableResultCode unused = provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
