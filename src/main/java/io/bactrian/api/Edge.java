package io.bactrian.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to a request before and after any route: security headers, backpressure, and the
 * errors that HTTP itself makes, in the shape of all errors.
 */
final class Edge {
  static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
                  + " frame-ancestors 'none'");

  private final Contract contract;
  private final int most;
  private final Hosts hosts;
  private final AtomicInteger inside = new AtomicInteger();

  Edge(Contract contract, ApiSettings settings) {
    this.contract = contract;
    this.most = settings.threads() + settings.queue();
    this.hosts = new Hosts(settings.host(), settings.hosts());
  }

  void guard(Router router) {
    router.route().order(-100).handler(this::enter);
    for (int status : List.of(400, 404, 405, 406, 413, 414, 415, 431, 500, 503)) {
      router.errorHandler(status, this::fail);
    }
  }

  private void enter(RoutingContext ctx) {
    SECURITY_HEADERS.forEach(ctx.response()::putHeader);
    try {
      check(HttpCall.of(ctx.request(), Buffer.buffer()));
    } catch (Refusal e) {
      write(ctx.response(), e);
      return;
    }
    String path = String.valueOf(ctx.request().path());
    if (EventDoor.PATH.equals(path) || path.startsWith(HealthDoor.PATHS)) {
      ctx.next();
      return;
    }
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      write(ctx.response(), Problems.busy("too many requests are waiting"));
      return;
    }
    ctx.addEndHandler(done -> inside.decrementAndGet());
    ctx.next();
  }

  private void check(HttpCall call) {
    String host = call.header("Host").orElse("");
    if (!hosts.allows(host)) {
      throw Refusal.of(
          403,
          "host_not_allowed",
          "Host is '%s'; allowed: the names of this machine and those of the setting bactrian.api.hosts"
              .formatted(shown(host)));
    }
    call.mustNotBeForeign();
    boolean json =
        call.header("Content-Type")
            .map(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
            .orElse(false);
    boolean body =
        call.header("Transfer-Encoding").isPresent()
            || !call.header("Content-Length").orElse("0").equals("0");
    if (body && !json && call.path().startsWith("/v1/")) {
      throw Refusal.of(
          415,
          "unsupported_media_type",
          "Content-Type is '%s'; allowed: application/json"
              .formatted(shown(call.header("Content-Type").orElse(""))));
    }
  }

  private void fail(RoutingContext ctx) {
    if (ctx.response().headWritten()) {
      // Half an answer must not look like a whole one, nor like one that is still to come.
      ctx.request().connection().close();
      return;
    }
    SECURITY_HEADERS.forEach(ctx.response()::putHeader);
    HttpServerRequest request = ctx.request();
    String path = String.valueOf(request.path());
    Refusal refusal =
        switch (ctx.statusCode()) {
          case 404 -> Refusal.notFound("there is nothing at %s".formatted(shown(path)));
          case 405 -> wrongMethod(request, path);
          case 413 -> Refusal.of(413, "too_large", "the body is larger than is taken here");
          case 500 -> Problems.of(failure(ctx));
          case 400 -> Refusal.invalid("the request cannot be read");
          default ->
              Refusal.of(ctx.statusCode(), "refused", "HTTP status %d".formatted(ctx.statusCode()));
        };
    write(ctx.response(), refusal);
  }

  private Refusal wrongMethod(HttpServerRequest request, String path) {
    List<String> methods = contract.methods(path);
    return methods.isEmpty()
        ? Refusal.notFound("there is nothing at %s".formatted(shown(path)))
        : Refusal.of(
                405,
                "method_not_allowed",
                "%s does not go with %s".formatted(request.method(), shown(path)))
            .with("Allow", String.join(", ", methods));
  }

  private static Throwable failure(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    return failure == null ? new IllegalStateException("no reason is known") : failure;
  }

  private static String shown(String path) {
    return path.length() > 100 ? path.substring(0, 100) + "…" : path;
  }

  /** A request that is no HTTP, or whose first line or headers are too long. */
  static void refuseUnreadable(HttpServerRequest request) {
    String why = String.valueOf(request.decoderResult().cause().getMessage());
    int status = why.contains("header") ? 431 : why.contains("line is larger") ? 414 : 400;
    SECURITY_HEADERS.forEach(request.response()::putHeader);
    request.response().putHeader("Connection", "close");
    write(request.response(), Refusal.of(status, "unreadable", "the request cannot be read"));
    request.connection().close();
  }

  static void write(HttpServerResponse response, Refusal refusal) {
    if (response.ended() || response.headWritten()) {
      return;
    }
    Answer answer = refusal.answer();
    response.setStatusCode(answer.status()).putHeader("Content-Type", "application/json");
    answer.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(answer.bytes()));
  }
}
