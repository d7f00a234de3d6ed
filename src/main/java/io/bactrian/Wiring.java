package io.bactrian;

import io.bactrian.batch.DecisionLimits;
import io.bactrian.cli.Access;
import io.bactrian.cli.DatabaseCare;
import io.bactrian.cli.Engine;
import io.bactrian.cli.Engines;
import io.bactrian.cli.Server;
import io.bactrian.cli.ServerClient;
import io.bactrian.remote.RemoteClient;
import io.bactrian.route.NeededColumns;
import io.bactrian.store.Database;
import io.bactrian.store.TaskTable;
import io.bactrian.store.TemplateTable;
import io.bactrian.task.ContextLimits;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmissionTrace;
import io.bactrian.task.TaskBook;
import io.bactrian.template.AnyNames;
import io.bactrian.template.Catalog;
import io.bactrian.template.Loaded;
import io.bactrian.template.Mode;
import io.bactrian.template.TemplateBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Puts the parts together for what a command asks for; {@link NodeWiring} does so for a node. No
 * other place knows them all.
 */
final class Wiring implements Engines {
  private final NodeSetup setup;
  private final Closing open = new Closing();

  Wiring() {
    this(NodeSetup.NONE);
  }

  /**
   * @param setup what differs from a node of the program
   */
  Wiring(NodeSetup setup) {
    this.setup = setup;
  }

  @Override
  public List<Loaded> templates(Map<String, String> given) {
    Settings settings = Settings.load(given);
    try (CamelRuntime camel = CamelRuntime.withRoutes(settings)) {
      return Templates.load(settings, camel.names());
    }
  }

  @Override
  public Catalog written(Map<String, String> given) {
    var catalog = new Catalog();
    Templates.load(Settings.load(given), new AnyNames())
        .forEach(loaded -> catalog.add(loaded.template()));
    return catalog;
  }

  @Override
  public Map<String, NeededColumns> neededColumns(Map<String, String> given) {
    return ShippedColumns.of(Settings.load(given));
  }

  @Override
  public Loaded validate(Map<String, String> given, Path file) {
    Settings settings = Settings.load(given);
    try (CamelRuntime camel = CamelRuntime.withRoutes(settings)) {
      return settings.loader(camel.names()).load(file);
    }
  }

  @Override
  public Engine client(Map<String, String> given) {
    var closing = new Closing();
    try {
      Settings settings = Settings.load(given);
      DatabaseServer server = closing.add(server(settings));
      Database database = closing.add(server.open());
      database.awaitReady();
      Supplier<Catalog> catalog =
          () -> catalog(templates(given), new TemplateTable(database), settings.mode());
      var tasks = new TaskTable(database, "client");
      Traces traces = closing.add(Traces.of(settings, UUID.randomUUID()));
      var front =
          FrontDoor.over(
              database,
              tasks,
              submission(settings, tasks, traces.submissions()),
              catalog,
              decisions(settings));
      return new RunningEngine(catalog, front, Optional.empty(), open.add(closing));
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  @Override
  public ServerClient server(Server server) {
    return new RemoteClient(server);
  }

  @Override
  public DatabaseCare database(Map<String, String> given) {
    Settings settings = Settings.load(given);
    return new DatabaseDoor(settings, server(settings));
  }

  @Override
  public Access access(Map<String, String> given) {
    var closing = new Closing();
    try {
      DatabaseServer server = closing.add(server(Settings.load(given)));
      Database database = closing.add(server.open());
      database.awaitReady();
      return DatabaseAccess.over(database, open.add(closing));
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  @Override
  public Engine node(Map<String, String> given, boolean ownTasksOnly) {
    return start(given, ownTasksOnly).engine();
  }

  InProcessNode start(Map<String, String> given, boolean ownTasksOnly) {
    var closing = new Closing();
    try {
      Settings settings = Settings.load(given);
      DatabaseServer server = closing.add(server(settings));
      InProcessNode node = new NodeWiring(setup, settings, server, ownTasksOnly, closing).start();
      open.add(closing);
      return node;
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  @Override
  public void close() {
    open.close();
  }

  /** A server is known from before its start: it alone would outlive the process. */
  private DatabaseServer server(Settings settings) {
    return open.add(new DatabaseServer(settings, setup.hook()));
  }

  private static Catalog catalog(List<Loaded> templates, TemplateBook book, Mode mode) {
    var catalog = new Catalog();
    templates.forEach(loaded -> catalog.add(TemplateShelf.settle(book, mode, loaded)));
    return catalog;
  }

  static DecisionLimits decisions(Settings settings) {
    return new DecisionLimits(
        settings.number("bactrian.decision.max-steps", 1),
        settings.number("bactrian.decision.max-depth", 1));
  }

  static Submission submission(Settings settings, TaskBook book, SubmissionTrace trace) {
    return new Submission(
        book,
        new ContextLimits(
            settings.number("bactrian.context.max-bytes", 2),
            settings.number("bactrian.context.max-depth", 1),
            settings.number("bactrian.context.max-keys", 0)),
        trace);
  }
}
