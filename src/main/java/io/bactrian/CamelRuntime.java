package io.bactrian;

import io.bactrian.csv.Planner;
import io.bactrian.route.CamelHandlerNames;
import io.bactrian.step.StepComponent;
import io.bactrian.step.StepRunner;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.InputTable;
import io.bactrian.store.NodeTable;
import io.bactrian.template.Catalog;
import io.bactrian.template.HandlerNames;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;

/** Camel Main with the routes and beans of Bactrian. */
final class CamelRuntime implements AutoCloseable {
  private final Main main;

  private CamelRuntime(Main main) {
    this.main = main;
  }

  /**
   * A context that is not started and has neither routes nor beans yet.
   *
   * @param serves whether triggers start tasks here
   */
  static CamelRuntime create(Settings settings, boolean serves) {
    var main = new Main();
    main.configure()
        .withName("bactrian")
        .withBasePackageScanEnabled(false)
        .withRoutesIncludePattern("false")
        .withAutoConfigurationLogSummary(false)
        .withShutdownTimeout(1);
    RouteProperties.of(settings, serves).forEach(main::addInitialProperty);
    try {
      main.init();
      return new CamelRuntime(main);
    } catch (RuntimeException e) {
      main.shutdown();
      throw e;
    }
  }

  /** A context with all routes and beans, for reading templates; it is never started. */
  static CamelRuntime withRoutes(Settings settings) {
    CamelRuntime camel = create(settings, false);
    Database none =
        Database.open(
            () -> {
              throw new IllegalStateException("this command uses no database");
            },
            1);
    Beans.bind(
        camel.context(),
        none,
        new Catalog(),
        new Beans.Means(
            new InputTable(none, "templates", Duration.ofSeconds(1)), Planner::plan, 1));
    Beans.bindFrontDoors(camel.context(), settings, new Catalog());
    camel.loadRoutes(settings, false);
    return camel;
  }

  CamelContext context() {
    return main.getCamelContext();
  }

  HandlerNames names() {
    return new CamelHandlerNames(context());
  }

  void add(StepRunner runner) {
    context().addComponent("step", new StepComponent(runner));
  }

  /**
   * Loads the shipped routes and the user's own.
   *
   * @param withApi whether the routes of the REST API are among them
   */
  void loadRoutes(Settings settings, boolean withApi) {
    try {
      PluginHelper.getRoutesLoader(context())
          .loadRoutes(
              Resources.routes(context(), settings.folders("bactrian.routes.dir"), withApi));
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "the routes cannot be loaded: %s (setting bactrian.routes.dir)".formatted(e.getMessage()),
          e);
    }
  }

  void start(DatabaseAddress listenAt) {
    var properties = new Properties();
    properties.setProperty("bactrian.wake-up.server", listenAt.host() + ":" + listenAt.port());
    properties.setProperty("bactrian.wake-up.database", listenAt.database());
    properties.setProperty("bactrian.wake-up.channel", NodeTable.CHANNEL);
    context().getPropertiesComponent().setOverrideProperties(properties);
    try {
      main.start();
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeCamelException(e);
    }
  }

  @Override
  public void close() {
    main.shutdown();
  }
}
