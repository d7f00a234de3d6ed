package io.bactrian.inventory;

import io.bactrian.csv.Chunk;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.Range;
import io.bactrian.csv.RangeReader;
import io.bactrian.csv.RecordView;
import io.bactrian.csv.RecordViews;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the inventory workflow does to a file, without the database and without Camel: the plan,
 * then five ranges. The difference to the whole job is what durability costs.
 */
public final class ScanOnly {
  private static final int WORKERS = 5;
  private static final int RECORDS = 1 << 20;
  private static final long BYTES = 16L << 20;

  private ScanOnly() {}

  /** The figures under the names of the workflow's result. */
  public static Map<String, Object> run(Path file, int threads) throws Exception {
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    List<Callable<InventoryTotals>> workers =
        plan.ranges(1, WORKERS).stream()
            .map(range -> (Callable<InventoryTotals>) () -> totals(plan, range))
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      var totals = new InventoryTotals();
      for (Future<InventoryTotals> part : pool.invokeAll(workers)) {
        totals.addAll(part.get().toMap());
      }
      return result(totals);
    } finally {
      pool.shutdownNow();
    }
  }

  private static InventoryTotals totals(Plan plan, Range range) {
    var totals = new InventoryTotals();
    try (RangeReader reader = RangeReader.open(plan, range)) {
      while (true) {
        Optional<Chunk> chunk = reader.next(RECORDS, BYTES);
        if (chunk.isEmpty()) {
          return totals;
        }
        RecordViews records = chunk.get().views();
        var part = new ViewTotals(records, plan.dialect().charset());
        for (RecordView product : records) {
          part.add(product);
        }
        totals.addAll(part.totals().toMap());
      }
    }
  }

  private static Map<String, Object> result(InventoryTotals totals) {
    var result = new LinkedHashMap<String, Object>();
    result.put("total_processed", totals.count());
    result.put("total_inventory_value", totals.value());
    result.put("category_counts", totals.categories());
    result.put("max_price", totals.maxPrice());
    result.put("max_price_product", totals.maxPriceProduct());
    result.put("overall_average_rating", totals.averageRating());
    return result;
  }
}
