package io.bactrian;

import io.bactrian.api.ApiSettings;
import io.bactrian.api.HttpListener;
import io.bactrian.api.SilentEngine;
import io.bactrian.api.StepsResource;
import io.bactrian.api.TasksResource;
import io.bactrian.api.TemplatesResource;
import io.bactrian.store.Database;
import io.bactrian.store.TaskPageReads;
import io.bactrian.store.TaskTable;
import io.bactrian.template.Catalog;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.spi.Registry;

/** The REST API of a node, if it has one. */
final class Api implements AutoCloseable {
  private static final String PORT = "bactrian.api.port";

  private final Optional<HttpListener> listener;

  private Api(Optional<HttpListener> listener) {
    this.listener = listener;
  }

  /** HTTP routes are there and nobody calls them. */
  static Api none(CamelRuntime camel) {
    SilentEngine.attach(camel.context());
    return new Api(Optional.empty());
  }

  /** HTTP routes attach to the listener of the settings; it does not listen yet. */
  static Api attach(CamelRuntime camel, Settings settings, Database database, Catalog catalog) {
    if (settings.optional(PORT).isEmpty()) {
      return none(camel);
    }
    var listener = HttpListener.attach(camel.context(), apiSettings(settings));
    Registry registry = camel.context().getRegistry();
    var pages = new TaskPageReads(database);
    registry.bind(
        "tasksApi",
        new TasksResource(
            pages, Wiring.submission(settings, new TaskTable(database, "api")), catalog));
    registry.bind("stepsApi", new StepsResource(pages));
    registry.bind("templatesApi", new TemplatesResource(catalog));
    return new Api(Optional.of(listener));
  }

  private static ApiSettings apiSettings(Settings settings) {
    return new ApiSettings(
        settings.text("bactrian.api.host"),
        settings.number(PORT, 0),
        settings.number("bactrian.api.threads", 1),
        settings.number("bactrian.api.queue", 0),
        settings.number("bactrian.api.max-body-bytes", 1));
  }

  boolean isThere() {
    return listener.isPresent();
  }

  /** Opens the port. */
  void listen() {
    listener.ifPresent(HttpListener::listen);
  }

  Optional<URI> address() {
    return listener.map(HttpListener::address);
  }

  @Override
  public void close() {
    listener.ifPresent(HttpListener::close);
  }
}
