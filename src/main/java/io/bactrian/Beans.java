package io.bactrian;

import io.bactrian.batch.Plans;
import io.bactrian.inventory.InventoryFold;
import io.bactrian.inventory.InventorySummary;
import io.bactrian.inventory.ProductAnalyzer;
import io.bactrian.inventory.ProductBatch;
import io.bactrian.json.Json;
import io.bactrian.route.AnswerFormat;
import io.bactrian.route.CheckpointWriter;
import io.bactrian.route.Chunks;
import io.bactrian.route.Convergence;
import io.bactrian.route.CsvAnalyzer;
import io.bactrian.route.CsvChunks;
import io.bactrian.route.Folds;
import io.bactrian.route.InputCheck;
import io.bactrian.route.ListFold;
import io.bactrian.route.MapsFormat;
import io.bactrian.route.PartialResult;
import io.bactrian.route.ViewsFormat;
import io.bactrian.route.WorkerResults;
import io.bactrian.step.InputSightings;
import io.bactrian.store.CheckpointTable;
import io.bactrian.store.Database;
import io.bactrian.store.PlanTable;
import io.bactrian.template.Catalog;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/** Binds the beans that routes name, each under the name of its role. */
final class Beans {
  private Beans() {}

  static void bind(
      CamelContext camel,
      Database database,
      Catalog catalog,
      InputSightings inputs,
      int maxCheckpointBytes) {
    Registry registry = camel.getRegistry();
    Plans plans = new PlanTable(database);
    registry.bind("json", Json.MAPPER);
    registry.bind("answer", new AnswerFormat());
    registry.bind("dataSource", database.dataSource());
    registry.bind("sameThread", new SynchronousExecutorService());
    registry.bind("PROPAGATION_REQUIRED", new SpringTransactionPolicy(database.transactions()));
    registry.bind("chunks", new Chunks(catalog, plans, new InputCheck(inputs), Clock.systemUTC()));
    registry.bind("maps", new MapsFormat());
    registry.bind("views", new ViewsFormat());
    registry.bind("csvChunks", new CsvChunks());
    registry.bind(
        "checkpoint", new CheckpointWriter(new CheckpointTable(database), maxCheckpointBytes));
    registry.bind("partial", new PartialResult());
    var results = new WorkerResults(catalog);
    registry.bind("results", results);
    registry.bind("convergence", new Convergence(results));
    bindFolds(registry);
    var analyzer = new CsvAnalyzer(catalog, plans);
    registry.bind("csvAnalyzer", analyzer);
    bindInventory(registry, analyzer);
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
