package io.bactrian.route;

import io.bactrian.batch.BatchProcessingOutcome;
import io.bactrian.batch.CursorConfig;
import io.bactrian.batch.Cursors;
import io.bactrian.batch.KeyedQuery;
import io.bactrian.batch.KeyedRows;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.StepContext;
import io.bactrian.template.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeProperty;

/**
 * The handler {@code tableAnalyzer} of a batchable step: divides the rows of a PostgreSQL query by
 * ranges of a key.
 *
 * <p>Initialization: {@code query} (a select; {@code :name} is a key of the task's context), {@code
 * key} (a column of it: an integer, a text, a date or a time), {@code batch_size}, {@code
 * max_workers}. Its workers get their rows as lists of maps, in order of the key.
 */
public final class TableAnalyzer {
  /** The bean's name. */
  public static final String NAME = "tableAnalyzer";

  /** Key of the result and of the workers' cursors. */
  static final String TABLE = "table";

  static final String KEY_TYPE = "key_type";

  private final Catalog catalog;
  private final KeyedRows rows;

  public TableAnalyzer(Catalog catalog, KeyedRows rows) {
    this.catalog = catalog;
    this.rows = rows;
  }

  /** Answers the outcome, {@code worker_count}, {@code total_rows} and the {@code table}. */
  public Map<String, Object> analyze(@ExchangeProperty(StepContext.PROPERTY) StepContext step) {
    String sql = text(step, "query").strip().replaceFirst(";$", "");
    String key = text(step, "key");
    BatchLimits limits = BatchLimits.OF_TABLES.with(step.inputs());
    KeyedRows.Division division =
        rows.divide(
            new KeyedQuery(sql, key, parameters(step)), limits.batchSize(), limits.maxWorkers());
    var answer = new LinkedHashMap<String, Object>();
    if (division.rows() == 0) {
      answer.put(BatchProcessingOutcome.RESULT_KEY, BatchProcessingOutcome.noBatches());
      answer.put("reason", "dataset_too_small");
    } else {
      List<CursorConfig> cursors = cursors(division);
      long items = cursors.stream().mapToLong(CursorConfig::batchSize).sum();
      answer.put(
          BatchProcessingOutcome.RESULT_KEY,
          BatchProcessingOutcome.createBatches(WorkerTemplates.of(catalog, step), cursors, items));
      answer.put("worker_count", cursors.size());
      answer.put(TABLE, Map.of("query", sql, "key", key));
    }
    answer.put("total_rows", division.rows());
    return answer;
  }

  /** The values of a query's parameters: the plain values of the task's context. */
  static Map<String, Object> parameters(StepContext step) {
    var parameters = new LinkedHashMap<String, Object>();
    step.context()
        .forEach(
            (name, value) -> {
              if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                parameters.put(name, value);
              }
            });
    return parameters;
  }

  private static String text(StepContext step, String name) {
    if (step.inputs().get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new PermanentFailure(
        "step %s: initialization.%s is %s; allowed: a text"
            .formatted(step.step(), name, step.inputs().get(name)));
  }

  private static List<CursorConfig> cursors(KeyedRows.Division division) {
    List<KeyedRows.Start> starts = division.starts();
    List<String> ids = Cursors.ids(starts.size());
    var cursors = new ArrayList<CursorConfig>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      boolean last = i == starts.size() - 1;
      String end = last ? after(division) : starts.get(i + 1).key();
      long before = last ? division.rows() : starts.get(i + 1).before();
      cursors.add(cursor(ids.get(i), division.type(), starts.get(i), end, before));
    }
    return cursors;
  }

  /** The batch size of integer keys is the width of their range, as every integer cursor's is. */
  private static CursorConfig cursor(
      String id, String type, KeyedRows.Start start, String end, long before) {
    Map<String, Object> extra = Map.of(KEY_TYPE, type);
    if (isInteger(type)) {
      long from = Long.parseLong(start.key());
      long to = Long.parseLong(end);
      return new CursorConfig(id, from, to, to - from, extra);
    }
    return new CursorConfig(id, start.key(), end, before - start.before(), extra);
  }

  /** The smallest key of the type that is larger than all there are. */
  private static String after(KeyedRows.Division division) {
    String last = division.last().orElseThrow();
    return switch (division.type()) {
      case "smallint", "integer", "bigint" ->
          String.valueOf(Math.addExact(Long.parseLong(last), 1));
      case "text", "character varying" -> last + "\u0001";
      case "date" -> java.time.LocalDate.parse(last).plusDays(1).toString();
      case "timestamp without time zone" ->
          java.time.LocalDateTime.parse(last).plusNanos(1000).toString();
      default -> java.time.OffsetDateTime.parse(last).plusNanos(1000).toString();
    };
  }

  private static boolean isInteger(String type) {
    return List.of("smallint", "integer", "bigint").contains(type);
  }
}
