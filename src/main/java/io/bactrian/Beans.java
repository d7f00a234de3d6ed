package io.bactrian;

import io.bactrian.access.DataRoots;
import io.bactrian.batch.KeyedRows;
import io.bactrian.batch.Plans;
import io.bactrian.csv.Planning;
import io.bactrian.inventory.InventoryFold;
import io.bactrian.inventory.InventorySummary;
import io.bactrian.inventory.ProductAnalyzer;
import io.bactrian.inventory.ProductBatch;
import io.bactrian.json.Json;
import io.bactrian.route.AnswerFormat;
import io.bactrian.route.BadRecords;
import io.bactrian.route.CheckpointWriter;
import io.bactrian.route.Chunks;
import io.bactrian.route.ClaimCheck;
import io.bactrian.route.Convergence;
import io.bactrian.route.CsvAnalyzer;
import io.bactrian.route.CsvChunks;
import io.bactrian.route.Folds;
import io.bactrian.route.HttpHandler;
import io.bactrian.route.HttpTrigger;
import io.bactrian.route.InputCheck;
import io.bactrian.route.ListFold;
import io.bactrian.route.MapsFormat;
import io.bactrian.route.PartialResult;
import io.bactrian.route.Parts;
import io.bactrian.route.ScheduleTrigger;
import io.bactrian.route.TableAnalyzer;
import io.bactrian.route.ViewsFormat;
import io.bactrian.route.WorkerResults;
import io.bactrian.step.InputSightings;
import io.bactrian.store.CheckpointTable;
import io.bactrian.store.Database;
import io.bactrian.store.KeyedRowsReads;
import io.bactrian.store.PlanTable;
import io.bactrian.store.RejectTable;
import io.bactrian.template.Catalog;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.Registry;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/** Binds the beans that routes name, each under the name of its role. */
final class Beans {
  private Beans() {}

  /**
   * What differs between processes.
   *
   * @param inputs who sees the input of a task
   * @param planning plans files
   * @param maxCheckpointBytes how large a partial result may be
   */
  record Means(InputSightings inputs, Planning planning, int maxCheckpointBytes) {}

  static void bind(CamelContext camel, Database database, Catalog catalog, Means means) {
    Registry registry = camel.getRegistry();
    Plans plans = new PlanTable(database);
    KeyedRows rows = new KeyedRowsReads(database);
    registry.bind("json", Json.MAPPER);
    registry.bind("answer", new AnswerFormat());
    registry.bind("dataSource", database.dataSource());
    registry.bind("sameThread", new SynchronousExecutorService());
    registry.bind("PROPAGATION_REQUIRED", new SpringTransactionPolicy(database.transactions()));
    registry.bind(
        "chunks",
        new Chunks(catalog, plans, new InputCheck(means.inputs()), rows, Clock.systemUTC()));
    registry.bind("maps", new MapsFormat());
    registry.bind("views", new ViewsFormat());
    registry.bind("csvChunks", new CsvChunks());
    registry.bind(
        "checkpoint",
        new CheckpointWriter(
            new CheckpointTable(database), new RejectTable(database), means.maxCheckpointBytes()));
    registry.bind("parts", new Parts());
    registry.bind("badRecord", new BadRecords());
    registry.bind("partial", new PartialResult());
    var results = new WorkerResults(catalog);
    registry.bind("results", results);
    registry.bind("convergence", new Convergence(results));
    bindFolds(registry);
    var analyzer = new CsvAnalyzer(catalog, plans, means.planning());
    registry.bind(CsvAnalyzer.NAME, analyzer);
    registry.bind(TableAnalyzer.NAME, new TableAnalyzer(catalog, rows));
    bindInventory(registry, analyzer);
  }

  /** Beans of triggers and of handlers in other processes. */
  static void bindFrontDoors(CamelContext camel, Settings settings, Catalog catalog) {
    Registry registry = camel.getRegistry();
    long limit = settings.duration("bactrian.handlers.http-timeout").toMillis();
    registry.bind("httpHandler", new HttpHandler(catalog, Clock.systemUTC()));
    registry.bind(
        "httpSetup",
        ComponentCustomizer.builder(HttpComponent.class).build(http -> setUp(http, limit)));
    registry.bind("claimCheck", new ClaimCheck());
    registry.bind(
        "scheduleTrigger",
        new ScheduleTrigger(settings.text("bactrian.triggers.schedule.context")));
    registry.bind(
        "httpTrigger", new HttpTrigger(new DataRoots(settings.folders("bactrian.data-roots"))));
  }

  /** The engine owns the retries, and nothing is remembered between two calls. */
  private static void setUp(HttpComponent http, long limitMillis) {
    http.setResponseTimeout(limitMillis);
    http.setSoTimeout(limitMillis);
    http.setAutomaticRetriesDisabled(true);
    http.setCookieManagementDisabled(true);
  }

  private static void bindFolds(Registry registry) {
    registry.bind("sums", Folds.sums());
    registry.bind("counts", Folds.counts());
    registry.bind("minima", Folds.minima());
    registry.bind("maxima", Folds.maxima());
    registry.bind("merged", Folds.merged());
    registry.bind("list", new ListFold());
  }

  private static void bindInventory(Registry registry, CsvAnalyzer analyzer) {
    var fold = new InventoryFold();
    registry.bind("productAnalyzer", new ProductAnalyzer(analyzer));
    registry.bind("productBatch", new ProductBatch());
    registry.bind("inventorySummary", new InventorySummary());
    registry.bind("inventoryFold", fold);
    registry.bind("BatchProcessing::CsvBatchProcessorHandler.fold", fold);
    registry.bind("BatchProcessing::CsvResultsAggregatorHandler.fold", fold);
  }
}
