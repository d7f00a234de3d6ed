package io.bactrian;

import io.bactrian.step.StepContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** A handler bean whose work a test writes down; found by {@code script} of the initialization. */
public final class Scripted {
  private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();

  private @Nullable DataSource dataSource;

  /** What a handler does. */
  @FunctionalInterface
  interface Script {
    Map<String, Object> run(Call call) throws Exception;
  }

  /** One call of a handler. */
  record Call(StepContext step, Object body, DataSource dataSource) {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> records() {
      return (List<Map<String, Object>>) body;
    }
  }

  static void define(String name, Script script) {
    SCRIPTS.put(name, script);
  }

  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Map<String, Object> work(@Body Object body, @ExchangeProperty("step") StepContext step)
      throws Exception {
    Script script =
        Objects.requireNonNull(SCRIPTS.get(String.valueOf(step.inputs().get("script"))));
    return script.run(new Call(step, body, Objects.requireNonNull(dataSource)));
  }

  /** What a batchable step answers that wants one worker, {@code work}, for four items. */
  static Map<String, Object> oneWorker(String start, String end) {
    return Map.of(
        "batch_processing_outcome",
        Map.of(
            "type",
            "create_batches",
            "worker_template_name",
            "work",
            "worker_count",
            1,
            "cursor_configs",
            List.of(
                Map.of(
                    "batch_id", "001", "start_cursor", start, "end_cursor", end, "batch_size", 4)),
            "total_items",
            4));
  }
}
