package io.bactrian;

import io.bactrian.api.Admission;
import io.bactrian.api.ApiSettings;
import io.bactrian.api.DeadLettersResource;
import io.bactrian.api.EventStream;
import io.bactrian.api.GraphsResource;
import io.bactrian.api.Health;
import io.bactrian.api.HttpListener;
import io.bactrian.api.InsightsResource;
import io.bactrian.api.RejectsResource;
import io.bactrian.api.SilentEngine;
import io.bactrian.api.StepsResource;
import io.bactrian.api.TasksResource;
import io.bactrian.api.TemplatesResource;
import io.bactrian.api.VerbsResource;
import io.bactrian.store.AuditTable;
import io.bactrian.store.Database;
import io.bactrian.store.EventReads;
import io.bactrian.store.InsightReads;
import io.bactrian.store.KeyTable;
import io.bactrian.store.TaskPageReads;
import io.bactrian.store.TaskTable;
import io.bactrian.task.Submission;
import io.bactrian.template.Catalog;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.spi.Registry;

/** The REST API of a node, if it has one. */
final class Api implements AutoCloseable {
  private static final String PORT = "bactrian.api.port";

  private final Optional<HttpListener> listener;

  private final Optional<EventStream> events;

  private Api(Optional<HttpListener> listener, Optional<EventStream> events) {
    this.listener = listener;
    this.events = events;
  }

  /** Whether a serving node of these settings listens. */
  static boolean isWanted(Settings settings) {
    return settings.optional(PORT).isPresent();
  }

  /** HTTP routes are there and nobody calls them. */
  static Api none(CamelRuntime camel) {
    SilentEngine.attach(camel.context());
    return new Api(Optional.empty(), Optional.empty());
  }

  /** HTTP routes attach to the listener of the settings; it does not listen yet. */
  static Api attach(
      CamelRuntime camel,
      Settings settings,
      Database database,
      Catalog catalog,
      Health health,
      Traces traces) {
    if (!isWanted(settings)) {
      return none(camel);
    }
    ApiSettings api = apiSettings(settings);
    var trail = new AuditTable(database);
    var pages = new TaskPageReads(database);
    var events = new EventStream(new EventReads(database), pages);
    var listener =
        HttpListener.attach(
            camel.context(),
            api,
            new HttpListener.Doors(new KeyTable(database), trail, events, health));
    Registry registry = camel.context().getRegistry();
    var insights = new InsightReads(database);
    var book = new TaskTable(database, "api");
    Submission submission = Wiring.submission(settings, book, traces.submissions());
    var front =
        FrontDoor.over(database, book, submission, () -> catalog, Wiring.decisions(settings));
    registry.bind(
        "tasksApi",
        new TasksResource(
            pages,
            submission,
            catalog,
            trail,
            new Admission(api.dataRoots(), insights, api.maxEnqueued())));
    registry.bind("verbsApi", new VerbsResource(front.operations(), pages));
    registry.bind("dlqApi", new DeadLettersResource(front.deadLetters(), pages));
    registry.bind("graphsApi", new GraphsResource(pages, catalog));
    registry.bind("rejectsApi", new RejectsResource(front.rejects(), pages));
    registry.bind("stepsApi", new StepsResource(pages));
    registry.bind("templatesApi", new TemplatesResource(catalog));
    registry.bind("insightsApi", new InsightsResource(insights, pages, front.history(), trail));
    return new Api(Optional.of(listener), Optional.of(events));
  }

  private static ApiSettings apiSettings(Settings settings) {
    String keys = settings.text("bactrian.api.keys");
    if (!keys.equals("auto") && !keys.equals("always")) {
      throw new IllegalArgumentException(
          "setting bactrian.api.keys is '%s'; allowed: auto, always".formatted(keys));
    }
    return new ApiSettings(
        settings.text("bactrian.api.host"),
        settings.number(PORT, 0),
        settings.names("bactrian.api.hosts"),
        keys.equals("always"),
        settings.number("bactrian.api.threads", 1),
        settings.number("bactrian.api.queue", 0),
        settings.number("bactrian.api.max-body-bytes", 1),
        settings.number("bactrian.api.max-enqueued", 1),
        settings.folders("bactrian.data-roots"));
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
    events.ifPresent(EventStream::close);
    listener.ifPresent(HttpListener::close);
  }
}
