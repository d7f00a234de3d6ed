package io.bactrian.inventory;

import io.bactrian.batch.BatchAggregationScenario;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the fold of all batches into the summary of the task. Thread safe. */
public final class InventorySummary {

  /**
   * The result of the step {@code aggregate_csv_results}.
   *
   * @param fold the figures of all batches; null when there were none
   * @param scenario which it was
   */
  public Map<String, Object> summarize(
      @Nullable Map<String, Object> fold, BatchAggregationScenario scenario) {
    var totals = new InventoryTotals();
    if (fold != null) {
      totals.addAll(fold);
    }
    var summary = new LinkedHashMap<String, Object>();
    summary.put("total_processed", totals.count());
    summary.put("total_inventory_value", totals.value());
    summary.put("category_counts", totals.categories());
    summary.put("max_price", totals.maxPrice());
    summary.put("max_price_product", totals.maxPriceProduct());
    summary.put("overall_average_rating", totals.averageRating());
    summary.put("worker_count", scenario.workerCount());
    return summary;
  }
}
