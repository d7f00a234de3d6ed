package io.bactrian.inventory;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.Plan;
import io.bactrian.route.CsvAnalyzer;
import io.bactrian.step.StepContext;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeProperty;

/** Plans a product file, whose header must have the inventory's columns. */
public final class ProductAnalyzer {
  private final CsvAnalyzer csv;

  public ProductAnalyzer(CsvAnalyzer csv) {
    this.csv = csv;
  }

  /** The outcome of the step {@code analyze_csv}. */
  public Map<String, Object> analyze(@ExchangeProperty(StepContext.PROPERTY) StepContext step) {
    Plan plan = csv.plan(step);
    List<String> problems = InventoryColumns.OF_A_FILE.problems(plan.header());
    if (!problems.isEmpty()) {
      throw new CsvException(
          "%s: record 0 (the header) at byte 0: %s; allowed: %s, in any order"
              .formatted(
                  plan.file(),
                  String.join("; ", problems),
                  String.join(", ", InventoryColumns.OF_A_FILE.names())));
    }
    return csv.answer(step, plan);
  }
}
