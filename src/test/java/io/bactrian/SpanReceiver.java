package io.bactrian;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans as OTLP over HTTP. */
final class SpanReceiver implements AutoCloseable {
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** A span and the process that sent it. */
  record Seen(Span span, String process) {
    String name() {
      return span.getName();
    }

    String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    String parent() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    String trace() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    String attribute(String key) {
      return span.getAttributesList().stream()
          .filter(a -> a.getKey().equals(key))
          .map(a -> a.getValue().getStringValue())
          .findFirst()
          .orElse("");
    }
  }

  SpanReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
    request
        .getResourceSpansList()
        .forEach(
            resource -> {
              String process =
                  resource.getResource().getAttributesList().stream()
                      .filter(a -> a.getKey().equals("service.instance.id"))
                      .map(a -> a.getValue().getStringValue())
                      .findFirst()
                      .orElse("");
              resource
                  .getScopeSpansList()
                  .forEach(
                      scope ->
                          scope.getSpansList().forEach(span -> seen.add(new Seen(span, process))));
            });
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Seen> spans() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
