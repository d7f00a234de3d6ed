package io.bactrian;

import io.bactrian.task.SubmissionTrace;
import io.bactrian.trace.Tracing;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.CamelContext;

/** The traces of a process, if the settings want them; else nothing of them is loaded. */
final class Traces implements AutoCloseable {
  private static final String ENDPOINT = "bactrian.tracing.otlp-endpoint";

  private final Optional<Tracing> tracing;

  private Traces(Optional<Tracing> tracing) {
    this.tracing = tracing;
  }

  static Traces of(Settings settings, UUID process) {
    return new Traces(
        settings.optional(ENDPOINT).map(Traces::checked).map(url -> Tracing.to(url, process)));
  }

  private static String checked(String url) {
    if (!url.matches("https?://[^/\\s]+.*") || URI.create(url).getHost() == null) {
      throw new IllegalArgumentException(
          "setting %s is '%s'; allowed: http://HOST:PORT or https://…".formatted(ENDPOINT, url));
    }
    return url;
  }

  SubmissionTrace submissions() {
    return tracing.<SubmissionTrace>map(t -> t).orElse(SubmissionTrace.NONE);
  }

  void attach(CamelContext camel) {
    tracing.ifPresent(t -> t.attach(camel));
  }

  @Override
  public void close() {
    tracing.ifPresent(Tracing::close);
  }
}
