package io.bactrian.inventory;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.CsvException;
import io.bactrian.step.StepContext;
import java.util.List;
import java.util.Map;

/** Computes the inventory figures of one chunk of products. Thread safe. */
public final class ProductBatch {

  /**
   * The figures of a chunk.
   *
   * @param records the chunk's records by column name
   * @param step the running worker
   * @param chunk where the records come from
   * @return the keys of a worker's result; {@code start_row}, {@code end_row} are those of its
   *     range
   * @throws CsvException if a field is no number; it names file, record, byte, column
   */
  public Map<String, Object> process(
      List<Map<String, Object>> records, StepContext step, Chunk chunk) {
    var totals = new InventoryTotals();
    long ordinal = chunk.firstOrdinal();
    for (Map<String, Object> fields : records) {
      try {
        totals.add(Product.of(ordinal, fields));
      } catch (BadField e) {
        throw CsvException.field(
            chunk.file(),
            ordinal,
            chunk.offsetOf((int) (ordinal - chunk.firstOrdinal())),
            e.column(),
            "'" + e.found() + "'",
            e.allowed());
      }
      ordinal++;
    }
    return InventoryFold.withRange(totals, BatchWorkerContext.from(step));
  }
}
