package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document, the dashboard and the alerts name the metrics that there are. */
final class MetricNamesTest {
  private static final Pattern NAMED =
      Pattern.compile("\\b(?:bactrian|hikaricp|camel|jvm|process|system)_[a-z0-9_]+");

  /** Names that differ between Javas and systems; the document names the kind only. */
  private static final Pattern OF_THE_PROCESS = Pattern.compile("^(jvm|process|system)_.*");

  @TempDir private static Path folder;
  private static Set<String> families = Set.of();
  private static Set<String> names = Set.of();

  @BeforeAll
  static void run() {
    Scripted.define("done", call -> Map.of());
    try (var cluster = new TestCluster(folder)) {
      cluster.template(
          """
          name: one
          namespace_name: demo
          version: "1"
          steps:
            - name: only
              handler: {callable: scripted, initialization: {script: done}}
          """);
      var api = cluster.serve("bactrian.api.port=0").api().orElseThrow();
      UUID task = cluster.submit("demo/one", Map.of());
      assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
      Scrape seen =
          await()
              .atMost(TestCluster.LONG)
              .until(
                  () -> Scrape.of(api), s -> s.families().contains("camel_route_policy_seconds"));
      families = seen.families();
      names = seen.names();
    }
  }

  @AfterAll
  static void forget() {
    families = Set.of();
  }

  @Test
  void theDocumentNamesEveryMetricAndNoOther() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("docs/observability.md"))) {
      if (line.startsWith("| `")) {
        NAMED.matcher(line.split("\\|", -1)[1]).results().forEach(m -> documented.add(m.group()));
      }
    }
    Set<String> own = new TreeSet<>(families);
    own.removeIf(name -> OF_THE_PROCESS.matcher(name).matches());

    assertThat(documented).containsExactlyInAnyOrderElementsOf(own);
  }

  @Test
  void theProcessShowsItsMemoryCollectionsThreadsProcessorsAndFiles() {
    assertThat(families)
        .contains(
            "jvm_memory_used_bytes",
            "jvm_gc_memory_allocated_bytes_total",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_files_open_files",
            "process_uptime_seconds");
  }

  @Test
  void theDashboardAndTheAlertsAskForMetricsThatThereAre() throws IOException {
    JsonNode dashboard =
        Json.readTree(Files.readString(Path.of("docker/grafana/dashboards/bactrian.json")));
    var asked = new TreeSet<String>();
    dashboard
        .findValues("expr")
        .forEach(expr -> NAMED.matcher(expr.asText()).results().forEach(m -> asked.add(m.group())));
    String alerts = Files.readString(Path.of("docker/prometheus/alerts.yml"));
    try (Stream<String> lines = alerts.lines()) {
      lines
          .filter(line -> line.strip().startsWith("expr:"))
          .forEach(line -> NAMED.matcher(line).results().forEach(m -> asked.add(m.group())));
    }

    assertThat(asked).hasSizeGreaterThan(20);
    assertThat(names).containsAll(asked);
  }
}
