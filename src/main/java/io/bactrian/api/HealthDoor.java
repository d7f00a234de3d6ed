package io.bactrian.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tells whoever watches the process whether it is live and whether it is ready, and nothing else.
 * Not Camel routes: the answer must not wait for a thread while all of them wait for the database.
 */
final class HealthDoor {
  static final String PATHS = "/health/";

  private final Health health;
  private final Gate gate;

  HealthDoor(Health health, Gate gate) {
    this.health = health;
    this.gate = gate;
  }

  void open(Router router) {
    router.get(PATHS + "live").order(-10).handler(ctx -> answer(ctx, "live", health::isLive));
    router.get(PATHS + "ready").order(-10).handler(ctx -> answer(ctx, "ready", health::isReady));
  }

  private void answer(RoutingContext ctx, String what, BooleanSupplier good) {
    HttpServerResponse response = ctx.response();
    try {
      Optional<Request> unused = gate.request(HttpCall.of(ctx.request(), Buffer.buffer()));
      if (!good.getAsBoolean()) {
        throw Refusal.of(503, "not_" + what, "the node is not " + what);
      }
      Answer answer = Answer.ok(Map.of("status", what));
      response.putHeader("Content-Type", "application/json").end(Buffer.buffer(answer.bytes()));
    } catch (RuntimeException e) {
      Edge.write(response, Problems.of(e));
    }
  }
}
