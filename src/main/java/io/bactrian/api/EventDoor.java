package io.bactrian.api;

import io.bactrian.task.TaskEvent;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Lets clients in to {@code /v1/events}. Not a Camel route: an exchange has an end, a stream of
 * events has none, and would hold a thread for each client.
 */
final class EventDoor {
  static final String PATH = "/v1/events";

  private final EventStream stream;
  private final Gate gate;

  EventDoor(EventStream stream, Gate gate) {
    this.stream = stream;
    this.gate = gate;
  }

  void open(Router router) {
    router.get(PATH).order(-10).handler(this::enter);
  }

  private void enter(RoutingContext ctx) {
    Context context = ctx.vertx().getOrCreateContext();
    ctx.vertx()
        .executeBlocking(() -> connection(ctx, context), false)
        .onComplete(
            connected -> {
              if (connected.failed()) {
                Edge.write(ctx.response(), Problems.of(connected.cause()));
              }
            });
  }

  private EventConnection connection(RoutingContext ctx, Context context) {
    HttpCall call = HttpCall.of(ctx.request(), Buffer.buffer());
    Request request =
        gate.request(call).orElseThrow(() -> Refusal.notFound("there is nothing here"));
    Optional<String> last = call.header("Last-Event-ID").or(() -> request.asked("last_event_id"));
    TaskEvent.Position position = last.map(EventConnection::position).orElseGet(stream::now);
    HttpServerResponse response = ctx.response();
    var connection = new EventConnection(response, context, request, position);
    stream.add(connection);
    response.closeHandler(closed -> stream.remove(connection));
    response.endHandler(ended -> stream.remove(connection));
    context.runOnContext(
        none ->
            response
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("X-Accel-Buffering", "no")
                .write("retry: 1000\n\n"));
    return connection;
  }
}
