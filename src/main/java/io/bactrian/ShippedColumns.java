package io.bactrian;

import io.bactrian.inventory.InventoryColumns;
import io.bactrian.route.NeededColumns;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** What the handlers of the shipped example need of a file's header, by each of their names. */
final class ShippedColumns {
  private ShippedColumns() {}

  /** Without those whose route is replaced by one of the user's own. */
  static Map<String, NeededColumns> of(Settings settings) {
    var columns = new HashMap<String, NeededColumns>();
    columns.put("productAnalyzer", InventoryColumns.OF_A_FILE);
    columns.put("productBatch", InventoryColumns.OF_THE_FIGURES);
    if (isShipped(settings, "inventory/analyze-csv.camel.yaml")) {
      columns.put("BatchProcessing::CsvAnalyzerHandler", InventoryColumns.OF_A_FILE);
      columns.put("direct:analyze-csv", InventoryColumns.OF_A_FILE);
    }
    if (isShipped(settings, "inventory/process-csv-batch.camel.yaml")) {
      columns.put("BatchProcessing::CsvBatchProcessorHandler", InventoryColumns.OF_THE_FIGURES);
      columns.put("direct:process-csv-batch", InventoryColumns.OF_THE_FIGURES);
    }
    return columns;
  }

  private static boolean isShipped(Settings settings, String route) {
    return settings.folders("bactrian.routes.dir").stream()
        .noneMatch(folder -> Files.exists(folder.resolve(route)));
  }
}
