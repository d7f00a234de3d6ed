package io.bactrian;

import io.bactrian.batch.DecisionLimits;
import io.bactrian.batch.StepExpansion;
import io.bactrian.cli.Access;
import io.bactrian.cli.DatabaseCare;
import io.bactrian.cli.Engine;
import io.bactrian.cli.Engines;
import io.bactrian.cli.Server;
import io.bactrian.cli.ServerClient;
import io.bactrian.node.Node;
import io.bactrian.node.NodeSettings;
import io.bactrian.node.Pruner;
import io.bactrian.node.WakeUp;
import io.bactrian.node.Watcher;
import io.bactrian.remote.RemoteClient;
import io.bactrian.route.StepRoutes;
import io.bactrian.step.Leases;
import io.bactrian.step.StepRunner;
import io.bactrian.store.Database;
import io.bactrian.store.EventTable;
import io.bactrian.store.InputTable;
import io.bactrian.store.LeaseTable;
import io.bactrian.store.NodeRouteTable;
import io.bactrian.store.NodeTable;
import io.bactrian.store.ProcessLock;
import io.bactrian.store.Pruning;
import io.bactrian.store.ResultReads;
import io.bactrian.store.StepOutcomes;
import io.bactrian.store.StuckTasks;
import io.bactrian.store.TaskReads;
import io.bactrian.store.TaskTable;
import io.bactrian.store.TemplateTable;
import io.bactrian.store.WakeUpSource;
import io.bactrian.task.ContextLimits;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmissionTrace;
import io.bactrian.task.TaskBook;
import io.bactrian.template.Catalog;
import io.bactrian.template.Loaded;
import io.bactrian.template.Mode;
import io.bactrian.template.TemplateBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts the parts together: the one place that knows them all. */
final class Wiring implements Engines {
  /**
   * A node with tasks of its own makes their steps ready itself: it listens for what operators do,
   * and most are done before that.
   */
  private static final Duration LISTENS_AFTER = Duration.ofSeconds(5);

  private static final int PRUNED_EVERY_POLLS = 60;

  private final NodeSetup setup;

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
      return Templates.load(settings, camel);
    }
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
      var server = closing.add(new DatabaseServer(settings, setup.hook()));
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
      return new RunningEngine(catalog, front, Optional.empty(), closing);
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
    return DatabaseDoor.open(Settings.load(given), setup.hook());
  }

  @Override
  public Access access(Map<String, String> given) {
    var closing = new Closing();
    try {
      var server = closing.add(new DatabaseServer(Settings.load(given), setup.hook()));
      Database database = closing.add(server.open());
      database.awaitReady();
      return DatabaseAccess.over(database, closing);
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
      return node(Settings.load(given), ownTasksOnly, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** The database opens while Camel reads the routes. */
  private InProcessNode node(Settings settings, boolean ownTasksOnly, Closing closing) {
    var uuid = UUID.randomUUID();
    String actor = "node:" + uuid;
    NodeSettings nodeSettings = nodeSettings(settings, ownTasksOnly);
    var catalog = new Catalog();
    DatabaseServer server = closing.add(new DatabaseServer(settings, setup.hook()));
    Database database = closing.add(server.open());
    Traces traces = closing.add(Traces.of(settings, uuid));
    Metering metering = closing.add(Metering.of(!ownTasksOnly && Api.isWanted(settings)));
    Leases leases = metering.over(new LeaseTable(database, actor));
    var tasks = new TaskTable(database, actor);
    var nodes = new NodeTable(database);
    var inputs = new InputTable(database, actor, settings.duration("bactrian.input.wait"));
    var books =
        new StepRunner.Books(
            leases, new StepOutcomes(database, actor), new ResultReads(database), inputs);
    var completion = new StepExpansion(catalog, decisions(settings));
    var runner = new StepRunner(books, catalog, completion, metering.attempts());
    var wakeUp = new WakeUp(nodes, uuid);
    var source = new WakeUpSource(server::address);
    CamelRuntime camel = closing.add(CamelRuntime.create(settings, !ownTasksOnly));
    var health = new NodeHealth();
    Api api =
        closing.add(
            ownTasksOnly
                ? Api.none(camel)
                : Api.attach(camel, settings, database, catalog, health, traces));
    Beans.bind(
        camel.context(),
        database,
        catalog,
        new Beans.Means(
            inputs, metering.planning(), settings.number("bactrian.checkpoint.max-bytes", 1)));
    metering.attach(camel.context());
    traces.attach(camel.context());
    Beans.bindFrontDoors(camel.context(), settings, catalog);
    camel.add(runner);
    setup.beforeRoutes(camel.context());
    camel.loadRoutes(settings, api.isThere());
    setup.afterRoutes(camel.context());
    TemplateShelf shelf = shelf(camel, settings, database, catalog);
    camel
        .context()
        .getRegistry()
        .bind(
            "tasks",
            new RouteTasks(
                catalog,
                submission(settings, tasks, traces.submissions()),
                new TaskReads(database)));
    camel.context().getRegistry().bind("taskEvents", new EventTable(database));
    camel.context().getRegistry().bind("wakeUp", wakeUp);
    camel.context().getRegistry().bind("wakeUpSource", source);
    database.awaitReady();
    metering.watch(database);
    metering.watch(runner, nodeSettings.slots(), wakeUp);
    camel.start(server.address());
    closing.add(ProcessLock.acquire(server.home(), uuid));
    var parts =
        new Node.Parts(leases, tasks, nodes, runner, wakeUp, watcher(settings, database, actor));
    Node node = closing.add(new Node(uuid, nodeSettings, parts));
    List<UUID> dead = ProcessLock.dead(server.home());
    node.start(dead);
    health.watch(node, wakeUp);
    dead.forEach(gone -> ProcessLock.forget(server.home(), gone));
    Runnable announce =
        () -> {
          if (!ownTasksOnly) {
            new NodeRouteTable(database).announce(uuid, runner.routeIds());
          }
        };
    announce.run();
    List<Path> folders = settings.folders("bactrian.templates.dir");
    if (settings.mode() == Mode.DEVELOPMENT && !folders.isEmpty()) {
      closing.add(
          new TemplateWatch(folders, settings.loader(camel.names()), shelf, announce)
              .start(nodeSettings.poll()));
    }
    if (!ownTasksOnly) {
      closing.add(
          new Pruner(
                  new Pruning(database, settings.retention()),
                  nodeSettings.poll().multipliedBy(PRUNED_EVERY_POLLS))
              .start());
    }
    if (settings.flag("bactrian.notify")) {
      wakeUp.listen(
          camel.context(), source, node::wake, ownTasksOnly ? LISTENS_AFTER : Duration.ZERO);
    }
    api.listen();
    var working = new RunningEngine.Working(node, api.address());
    var front =
        FrontDoor.over(
            database,
            tasks,
            submission(settings, tasks, traces.submissions()),
            () -> catalog,
            decisions(settings));
    var engine = new RunningEngine(() -> catalog, front, Optional.of(working), closing);
    return new InProcessNode(uuid, camel.context(), runner, engine);
  }

  private static TemplateShelf shelf(
      CamelRuntime camel, Settings settings, Database database, Catalog catalog) {
    var shelf =
        new TemplateShelf(
            settings.loader(camel.names()),
            new TemplateTable(database),
            settings.mode(),
            new StepRoutes(camel.context(), camel.names()),
            catalog);
    List<Loaded> loaded = Templates.load(settings, camel);
    database.awaitReady();
    loaded.forEach(shelf::add);
    shelf.addPinned();
    return shelf;
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

  private static Watcher watcher(Settings settings, Database database, String actor) {
    return new Watcher(
        new StuckTasks(database, actor),
        settings.duration("bactrian.stale.after"),
        settings.duration("bactrian.worker.unavailable.after"));
  }

  private static NodeSettings nodeSettings(Settings settings, boolean ownTasksOnly) {
    int slots = settings.number("bactrian.node.slots", 0);
    int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new NodeSettings(
        settings.duration("bactrian.lease.ttl"),
        settings.duration("bactrian.poll"),
        slots == 0 ? processors : slots,
        settings.duration("bactrian.stall"),
        ownTasksOnly);
  }
}
