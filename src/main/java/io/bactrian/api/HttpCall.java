package io.bactrian.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * A request as HTTP has it.
 *
 * @param method GET, POST and so on
 * @param path the raw path
 * @param query the raw query, empty when there is none
 * @param body the bytes of the body
 * @param remote the client's address
 * @param request the rest
 */
record HttpCall(
    String method,
    String path,
    String query,
    Buffer body,
    String remote,
    HttpServerRequest request) {

  static HttpCall of(Exchange exchange) {
    HttpMessage message = exchange.getIn(HttpMessage.class);
    Object body = message.getBody();
    Buffer bytes = body instanceof Buffer buffer ? buffer : Buffer.buffer();
    return of(message.getRequest(), bytes);
  }

  static HttpCall of(HttpServerRequest request, Buffer body) {
    return new HttpCall(
        request.method().name(),
        text(request.path()),
        text(request.query()),
        body,
        request.remoteAddress().hostAddress(),
        request);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }
}
