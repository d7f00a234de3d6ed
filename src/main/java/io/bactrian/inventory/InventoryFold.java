package io.bactrian.inventory;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.json.Json;
import io.bactrian.step.RunningStep;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * Folds inventory figures: the chunks of a worker, with its range and the records set aside; or the
 * workers of a task. Thread safe.
 */
public final class InventoryFold implements AggregationStrategy {

  @Override
  public Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
    if (newExchange.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeCamelException(newExchange.getException());
    }
    var totals = new InventoryTotals();
    if (oldExchange != null) {
      totals.addAll(Json.toObject(oldExchange.getMessage().getBody()));
    }
    totals.addAll(Json.toObject(newExchange.getMessage().getBody()));
    RunningStep step = newExchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    newExchange
        .getMessage()
        .setBody(
            step != null && step.chunkInWork().isPresent()
                ? ofRange(totals.addRejected(step.rejects().size()), BatchWorkerContext.from(step))
                : totals.toMap());
    return newExchange;
  }

  private static Map<String, Object> ofRange(InventoryTotals totals, BatchWorkerContext worker) {
    Map<String, Object> figures = totals.toMap();
    figures.put("batch_id", worker.batchId());
    figures.put("start_row", worker.startPosition());
    figures.put("end_row", worker.endPosition());
    return figures;
  }
}
