package io.bactrian.inventory;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/** Folds inventory figures: the chunks of a worker, or the workers of a task. Thread safe. */
public final class InventoryFold implements AggregationStrategy {
  private static final List<String> RANGE = List.of("batch_id", "start_row", "end_row");

  @Override
  public Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
    if (newExchange.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeCamelException(newExchange.getException());
    }
    Map<String, Object> next = Json.toObject(newExchange.getMessage().getBody());
    var totals = new InventoryTotals();
    if (oldExchange != null) {
      totals.addAll(Json.toObject(oldExchange.getMessage().getBody()));
    }
    totals.addAll(next);
    Map<String, Object> folded = totals.toMap();
    for (String key : RANGE) {
      if (next.containsKey(key)) {
        folded.put(key, next.get(key));
      }
    }
    newExchange.getMessage().setBody(folded);
    return newExchange;
  }

  static Map<String, Object> withRange(InventoryTotals totals, BatchWorkerContext worker) {
    var figures = new LinkedHashMap<>(totals.toMap());
    figures.put("batch_id", worker.batchId());
    figures.put("start_row", worker.startPosition());
    figures.put("end_row", worker.endPosition());
    return figures;
  }
}
