package io.bactrian;

import io.bactrian.batch.StepExpansion;
import io.bactrian.node.Node;
import io.bactrian.node.NodeSettings;
import io.bactrian.node.Pruner;
import io.bactrian.node.WakeUp;
import io.bactrian.node.Watcher;
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
import io.bactrian.task.Submission;
import io.bactrian.template.Catalog;
import io.bactrian.template.Loaded;
import io.bactrian.template.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.spi.Registry;

/** Puts the parts of one node together and starts it. */
final class NodeWiring {
  /**
   * A node with tasks of its own makes their steps ready itself: it listens for what operators do,
   * and most are done before that.
   */
  private static final Duration LISTENS_AFTER = Duration.ofSeconds(5);

  private static final int PRUNED_EVERY_POLLS = 60;

  private final NodeSetup setup;
  private final Settings settings;
  private final DatabaseServer server;
  private final boolean ownTasksOnly;
  private final Closing closing;

  /**
   * @param setup what differs from a node of the program
   * @param settings {@code bactrian.*}
   * @param server the database, not opened yet
   * @param ownTasksOnly whether it works only for the tasks it is told to
   * @param closing takes what is opened, also when the start fails
   */
  NodeWiring(
      NodeSetup setup,
      Settings settings,
      DatabaseServer server,
      boolean ownTasksOnly,
      Closing closing) {
    this.setup = setup;
    this.settings = settings;
    this.server = server;
    this.ownTasksOnly = ownTasksOnly;
    this.closing = closing;
  }

  /** The database opens while Camel reads the routes. */
  InProcessNode start() {
    var uuid = UUID.randomUUID();
    String actor = "node:" + uuid;
    NodeSettings nodeSettings = nodeSettings();
    var catalog = new Catalog();
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
    var completion = new StepExpansion(catalog, Wiring.decisions(settings));
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
    TemplateShelf shelf = shelf(camel, database, catalog);
    Submission submission = Wiring.submission(settings, tasks, traces.submissions());
    Registry registry = camel.context().getRegistry();
    registry.bind("tasks", new RouteTasks(catalog, submission, new TaskReads(database)));
    registry.bind("taskEvents", new EventTable(database));
    registry.bind("wakeUp", wakeUp);
    registry.bind("wakeUpSource", source);
    database.awaitReady();
    metering.watch(database);
    metering.watch(runner, nodeSettings.slots(), wakeUp);
    camel.start(server.address());
    closing.add(ProcessLock.acquire(server.home(), uuid));
    var parts = new Node.Parts(leases, tasks, nodes, runner, wakeUp, watcher(database, actor));
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
        FrontDoor.over(database, tasks, submission, () -> catalog, Wiring.decisions(settings));
    var engine = new RunningEngine(() -> catalog, front, Optional.of(working), closing);
    return new InProcessNode(uuid, camel.context(), runner, engine);
  }

  private TemplateShelf shelf(CamelRuntime camel, Database database, Catalog catalog) {
    var shelf =
        new TemplateShelf(
            settings.loader(camel.names()),
            new TemplateTable(database),
            settings.mode(),
            new StepRoutes(camel.context(), camel.names()),
            catalog);
    List<Loaded> loaded = Templates.load(settings, camel.names());
    database.awaitReady();
    loaded.forEach(shelf::add);
    shelf.addPinned();
    return shelf;
  }

  private Watcher watcher(Database database, String actor) {
    return new Watcher(
        new StuckTasks(database, actor),
        settings.duration("bactrian.stale.after"),
        settings.duration("bactrian.worker.unavailable.after"));
  }

  private NodeSettings nodeSettings() {
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
