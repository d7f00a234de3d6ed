package io.bactrian.ui;

import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** A serving node that counts the stock of a warehouse: files to read, as slowly as they say. */
final class Warehouse implements AutoCloseable {
  static final String TEMPLATE = "warehouse/stock_count";
  private static final String ROUTES =
      """
      - beans:
          - name: countStock
            type: io.bactrian.ui.StockCount
      """;
  private static final String COUNT =
      """
      name: %s
      namespace_name: warehouse
      version: "2.1.0"
      description: Count what lies on the shelves
      input_schema:
        type: object
        required: [csv_file_path]
        properties:
          csv_file_path: {type: string, minLength: 1, description: The list of the last inventory}
          site: {enum: [north, south], description: Which of the two halls}
          night_shift: {type: boolean}
      steps:
        - name: plan_count
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: %d, max_workers: %d}}
        - name: count_stock
          type: batch_worker
          dependencies: [plan_count]
          retry: {max_attempts: 1}
          checkpoint: {interval: 20}
          handler: {callable: countStock}
        - name: total_stock
          type: deferred_convergence
          dependencies: [count_stock]
          handler: {callable: "log:total?level=DEBUG", initialization: {fold: sums}}
      """;

  /** Relative, so that pictures of the docs show no folder of a machine. */
  private static final Path LISTS = Path.of("target", "lists");

  final ApiNode node;
  final ApiClient api;

  Warehouse(Path folder, Map<String, String> more) {
    write(folder.resolve("routes/own.camel.yaml"), ROUTES);
    write(folder.resolve("templates/count.yaml"), COUNT.formatted("stock_count", 100, 200));
    write(folder.resolve("templates/crowd.yaml"), COUNT.formatted("every_item", 1, 10_000));
    write(
        folder.resolve("templates/lenient.yaml"),
        COUNT
            .formatted("lenient_count", 100, 200)
            .replace("checkpoint:", "on_bad_row: reject\n    checkpoint:"));
    var settings = new HashMap<String, String>();
    settings.put("bactrian.routes.dir", folder.resolve("routes").toString());
    settings.put("bactrian.templates.dir", folder.resolve("templates").toString());
    settings.put("bactrian.data-roots", folder + ",fixtures," + LISTS);
    settings.put("bactrian.node.slots", "4");
    settings.putAll(more);
    node = new ApiNode(folder.resolve("home"), settings);
    api = node.client();
  }

  /** Writes a list of items; each row is {@code pieces,shelf,pause}, the pause in ms. */
  Path list(String name, int items, IntFunction<String> row) {
    var text = new StringBuilder("item,pieces,shelf,pause\n");
    for (int item = 1; item <= items; item++) {
      text.append(item).append(',').append(row.apply(item)).append('\n');
    }
    return write(LISTS.resolve(name), text.toString());
  }

  /** Submits a template of this warehouse for a list. */
  static String submission(String name, Path list) {
    return """
    {"namespace": "warehouse", "name": "%s", "context": {"csv_file_path": "%s", "site": "north"}}
    """
        .formatted(name, list);
  }

  /** Waits until a task is in a state. */
  static void awaitState(ApiClient api, String task, String state) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> api.get("/v1/tasks/" + task).at("/status").equals(state));
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
