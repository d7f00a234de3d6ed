package io.bactrian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A home with a template of the inventory workflow for a number of ranges. A new one for each
 * measurement: an engine that knows the file would not scan it again.
 */
final class BenchHome implements AutoCloseable {
  private static final String TEMPLATE =
      """
      name: inventory
      namespace_name: bench
      version: "1"
      steps:
        - name: analyze_csv
          type: batchable
          handler:
            callable: BatchProcessing::CsvAnalyzerHandler
            initialization: {batch_size: 1, max_workers: %d}
        - name: process_csv_batch
          type: batch_worker
          dependencies: [analyze_csv]
          rows: views
          handler: {callable: BatchProcessing::CsvBatchProcessorHandler}
        - name: aggregate_csv_results
          type: deferred_convergence
          dependencies: [process_csv_batch]
          handler:
            callable: BatchProcessing::CsvResultsAggregatorHandler
            initialization: {fold: inventoryFold}
      """;

  private final Path home;

  BenchHome(Path folder, int ranges) throws IOException {
    Files.createDirectories(folder);
    home = Files.createTempDirectory(folder, "home-");
    Path templates = Files.createDirectory(home.resolve("templates"));
    Files.writeString(templates.resolve("inventory.yaml"), TEMPLATE.formatted(ranges));
    Files.writeString(
        home.resolve("bactrian.properties"), "bactrian.templates.dir=" + templates + "\n");
  }

  Path path() {
    return home;
  }

  /** What {@code run} is told to process a file. */
  List<String> job(Path file) {
    return List.of("bench/inventory", "--set", "csv_file_path=" + file);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
