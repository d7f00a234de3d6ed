package io.bactrian.route;

import io.bactrian.batch.BatchProcessingOutcome;
import io.bactrian.batch.CursorConfig;
import io.bactrian.batch.Cursors;
import io.bactrian.batch.Plans;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Division;
import io.bactrian.csv.Fingerprint;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planning;
import io.bactrian.csv.Range;
import io.bactrian.json.Json;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.StepContext;
import io.bactrian.template.Catalog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeProperty;

/**
 * Handler of a batchable step over a delimited file: plans it once and asks for one worker a range.
 *
 * <p>Reads {@code csv_file_path} and {@code csv_dialect} of the task's context, {@code batch_size}
 * (default 200) and {@code max_workers} (default 5) of the step's initialization.
 */
public final class CsvAnalyzer {
  /** The bean's name. */
  public static final String NAME = "csvAnalyzer";

  /** Key of the context: the file, absolute or relative to where the task was submitted. */
  public static final String FILE = "csv_file_path";

  /** Key of the context: an object with {@code delimiter}, {@code quote}, {@code charset} … */
  public static final String DIALECT = "csv_dialect";

  private final Catalog catalog;
  private final Plans plans;
  private final Planning planning;

  /**
   * @param catalog the templates
   * @param plans keeps plans
   * @param planning makes them
   */
  public CsvAnalyzer(Catalog catalog, Plans plans, Planning planning) {
    this.catalog = catalog;
    this.plans = plans;
    this.planning = planning;
  }

  /**
   * Plans the file and answers the outcome, {@code worker_count}, {@code total_rows} and the path.
   */
  public Map<String, Object> analyze(@ExchangeProperty(StepContext.PROPERTY) StepContext step) {
    return answer(step, plan(step));
  }

  /** The plan of the file that the task's context names: a stored one, or one pass over it. */
  public Plan plan(StepContext step) {
    if (!(step.context().get(FILE) instanceof String path) || path.isBlank()) {
      throw new PermanentFailure(
          "the task's context has no %s; allowed: the path of a delimited file".formatted(FILE));
    }
    Path file = step.resolve(path).toAbsolutePath();
    Dialect dialect = dialect(step);
    return plans
        .find(file, dialect, Fingerprint.of(file))
        .orElseGet(() -> planning.plan(file, dialect));
  }

  /** The batchable step's answer for a planned file. */
  public Map<String, Object> answer(StepContext step, Plan plan) {
    var answer = new LinkedHashMap<String, Object>();
    List<Range> ranges = ranges(step, plan);
    List<CursorConfig> cursors = cursors(ranges);
    if (cursors.isEmpty()) {
      answer.put(BatchProcessingOutcome.RESULT_KEY, BatchProcessingOutcome.noBatches());
      answer.put("reason", "dataset_too_small");
    } else {
      plans.keep(step.uuid(), new Division(plan, ranges));
      answer.put(
          BatchProcessingOutcome.RESULT_KEY,
          BatchProcessingOutcome.createBatches(
              WorkerTemplates.of(catalog, step), cursors, plan.recordCount()));
      answer.put("worker_count", cursors.size());
    }
    answer.put("total_rows", plan.recordCount());
    answer.put(FILE, step.context().get(FILE));
    return answer;
  }

  private static List<Range> ranges(StepContext step, Plan plan) {
    BatchLimits limits = BatchLimits.OF_FILES.with(step.inputs());
    return plan.ranges(limits.batchSize(), limits.maxWorkers());
  }

  private static List<CursorConfig> cursors(List<Range> ranges) {
    return Cursors.ofRows(
        ranges.stream()
            .map(r -> new Cursors.Rows(r.start(), r.end(), r.startOffset(), r.endOffset()))
            .toList());
  }

  private static Dialect dialect(StepContext step) {
    Object given = step.context().get(DIALECT);
    if (given == null) {
      return Dialect.rfc4180();
    }
    try {
      return Dialect.fromMap(Json.toObject(given));
    } catch (IllegalArgumentException e) {
      throw new PermanentFailure(
          "the task's context, key %s: %s".formatted(DIALECT, e.getMessage()), e);
    }
  }
}
