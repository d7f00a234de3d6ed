package io.bactrian.api;

import io.bactrian.access.AuditTrail;
import io.bactrian.access.KeyBook;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.Registry;

/**
 * The one HTTP listener of a node. Routes attach to it while Camel starts; {@link #listen} opens
 * the port after that. Closing is idempotent.
 */
public final class HttpListener implements AutoCloseable {
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int IDLE_SECONDS = 60;
  private static final long WAIT_SECONDS = 10;

  private final ApiSettings settings;
  private final Vertx vertx;
  private final Router router;
  private final HttpServer server;

  /**
   * What a listener needs of the rest.
   *
   * @param keys who may come in
   * @param trail where acts are noted
   * @param events what happens
   * @param health how the node is
   */
  public record Doors(KeyBook keys, AuditTrail trail, EventStream events, Health health) {}

  private HttpListener(ApiSettings settings, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
    this.router = Router.router(vertx);
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true));
  }

  /**
   * Makes the listener that HTTP routes of a context attach to; it does not listen yet.
   *
   * @param doors what it needs of the rest
   */
  public static HttpListener attach(CamelContext camel, ApiSettings settings, Doors doors) {
    // Vert.x would unpack class path resources into a folder that everybody may write to.
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setWorkerPoolSize(settings.threads())
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    var listener = new HttpListener(settings, Vertx.vertx(options));
    var authentication = new Authentication(doors.keys(), settings.isKeyAsked());
    Contract contract = Contract.load();
    var gate = new Gate(contract, authentication, doors.trail());
    new Edge(contract, settings).guard(listener.router);
    new EventDoor(doors.events(), gate).open(listener.router);
    new HealthDoor(doors.health(), gate).open(listener.router);
    listener.bind(camel, gate);
    Registry registry = camel.getRegistry();
    registry.bind("openApi", new OpenApiResource(contract));
    registry.bind("pages", new Pages());
    registry.bind("healthApi", new HealthResource(doors.health()));
    registry.bind("session", new SessionResource(doors.keys(), authentication, doors.trail()));
    return listener;
  }

  private void bind(CamelContext camel, Gate gate) {
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(settings.maxBody());
    var camelRouter =
        new VertxPlatformHttpRouter(
            null, vertx, router, VertxPlatformHttpRouter.getRouterNameFromPort(settings.port())) {
          @Override
          public Handler<RoutingContext> bodyHandler() {
            return bodies;
          }
        };
    camel.getRegistry().bind(camelRouter.getName(), camelRouter);
    var engine = new GuardedEngine(settings.port(), gate);
    engine.setCamelContext(camel);
    camel.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, engine);
    camel.getRestConfiguration().setComponent("platform-http");
  }

  /**
   * Opens the port.
   *
   * @throws IllegalArgumentException that names the setting, when the port is not to be had
   */
  public void listen() {
    server.requestHandler(router);
    server.invalidRequestHandler(Edge::refuseUnreadable);
    try {
      await(server.listen());
    } catch (ExecutionException e) {
      throw new IllegalArgumentException(
          "cannot listen on %s:%d: %s (settings bactrian.api.host and bactrian.api.port)"
              .formatted(settings.host(), settings.port(), why(e)),
          e);
    }
  }

  private static String why(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  /** Where the API is. */
  public URI address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://" + host + ":" + server.actualPort());
  }

  private static <T> void await(Future<T> future) throws ExecutionException {
    try {
      future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the HTTP server gives no sign of life", e);
    }
  }

  @Override
  public void close() {
    try {
      await(vertx.close());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the HTTP server does not close", e);
    }
  }
}
