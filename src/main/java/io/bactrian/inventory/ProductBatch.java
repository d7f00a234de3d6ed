package io.bactrian.inventory;

import io.bactrian.csv.BadRecord;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.CsvException;
import io.bactrian.csv.RecordView;
import io.bactrian.csv.RecordViews;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Computes the inventory figures of one chunk of products. Thread safe. */
public final class ProductBatch {

  /**
   * The figures of a chunk.
   *
   * @param records the chunk's records: {@link RecordViews}, or a list of maps by column name
   * @param step the running worker; its chunk is where the records come from
   * @return the keys of a worker's result but those of its range
   * @throws CsvException if a field is no number; it names file, record, byte, column
   */
  public Map<String, Object> process(
      @Body Object records, @ExchangeProperty(RunningStep.PROPERTY) RunningStep step) {
    Chunk chunk = step.chunk();
    InventoryTotals totals =
        records instanceof RecordViews views ? ofViews(views, chunk) : ofMaps(records, chunk);
    return totals.toMap();
  }

  private static InventoryTotals ofViews(RecordViews records, Chunk chunk) {
    var totals = new ViewTotals(records, chunk.dialect().charset());
    for (RecordView product : records) {
      totals.add(product);
    }
    return totals.totals();
  }

  private static InventoryTotals ofMaps(Object records, Chunk chunk) {
    if (!(records instanceof List<?> list)) {
      throw new PermanentFailure(
          "the inventory's handler received %s; allowed: rows: views or rows: maps"
              .formatted(records.getClass().getName()));
    }
    var totals = new InventoryTotals();
    long ordinal = chunk.firstOrdinal();
    for (Object fields : list) {
      try {
        totals.add(Product.of(ordinal, (Map<?, ?>) fields));
      } catch (BadField e) {
        throw BadRecord.field(
            chunk.file(),
            ordinal,
            chunk.offsetOf((int) (ordinal - chunk.firstOrdinal())),
            e.column(),
            "'" + e.found() + "'",
            e.allowed());
      }
      ordinal++;
    }
    return totals;
  }
}
