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

  /** Whether it only looks. */
  boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /**
   * A browser sends a login's cookie for whoever asks it to; what changes something must come from
   * a page of ours.
   *
   * @throws Refusal 403 if it does not
   */
  void mustBeOfThisOrigin() {
    if (!isSafe() && header("Origin").filter(this::isOwn).isEmpty()) {
      throw foreign();
    }
  }

  /** The same, for requests without a login: what has an origin must have ours. */
  void mustNotBeForeign() {
    boolean cross = header("Sec-Fetch-Site").filter(s -> s.equals("cross-site")).isPresent();
    if (!isSafe() && (cross || !header("Origin").map(this::isOwn).orElse(true))) {
      throw foreign();
    }
  }

  private boolean isOwn(String origin) {
    String host = header("Host").orElse("");
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static Refusal foreign() {
    return Refusal.of(403, "foreign_origin", "the request comes from a page of another site");
  }
}
