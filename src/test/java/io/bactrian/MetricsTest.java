package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.cli.Engine;
import io.bactrian.task.By;
import io.bactrian.task.TaskState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each metric moves when what it counts happens, on a real node. */
final class MetricsTest {
  private static final Path PRODUCTS = Path.of("fixtures/products.csv").toAbsolutePath();
  private static final String ONE =
      """
      name: one
      namespace_name: demo
      version: "1"
      steps:
        - name: only
          retry: {backoff_base_ms: 1, max_attempts: %d}
          handler: {callable: scripted, initialization: {script: %s}}
      """;
  private static final String FAN =
      """
      name: fan
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 1, max_workers: 3}}
        - name: work
          type: batch_worker
          dependencies: [plan]
          handler: {callable: scripted, initialization: {script: held}}
        - name: total
          type: deferred_convergence
          dependencies: [work]
          handler: {callable: scripted, initialization: {script: done}}
      """;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private URI api = URI.create("http://localhost");
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
    Scripted.define("done", call -> Map.of());
    Scripted.define(
        "held",
        call -> {
          assertThat(release.await(2, TimeUnit.MINUTES)).isTrue();
          return Map.of();
        });
  }

  @AfterEach
  void close() {
    release.countDown();
    cluster.close();
  }

  private Engine serve(String... settings) {
    String[] all = new String[settings.length + 1];
    System.arraycopy(settings, 0, all, 1, settings.length);
    all[0] = "bactrian.api.port=0";
    Engine engine = cluster.serve(all);
    api = engine.api().orElseThrow();
    return engine;
  }

  private Scrape until(Predicate<Scrape> seen) {
    return await().atMost(TestCluster.LONG).until(() -> Scrape.of(api), seen);
  }

  private static String steps(String type, String state) {
    return "bactrian_steps{state=\"%s\",type=\"%s\"}".formatted(state, type);
  }

  private static String attempts(String type, String end) {
    return "bactrian_attempts_total{end=\"%s\",type=\"%s\"}".formatted(end, type);
  }

  private static String records(String outcome) {
    return "bactrian_records_total{outcome=\"%s\"}".formatted(outcome);
  }

  @Test
  void theMainJobMovesWhatCountsTasksAttemptsRecordsAndPlans() throws Exception {
    cluster.template(FAN);
    serve();
    assertThat(Scrape.of(api).value("bactrian_claims_total")).isZero();
    UUID task =
        cluster.submit(
            "csv_processing/csv_product_inventory_analyzer",
            Map.of("csv_file_path", PRODUCTS.toString()));
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    Scrape seen = until(s -> s.value(attempts("deferred_convergence", "complete")) == 1.0);

    assertThat(seen.value("bactrian_tasks_ended_total{state=\"complete\"}")).isEqualTo(1);
    assertThat(seen.value("bactrian_claims_total")).isEqualTo(7);
    assertThat(seen.value("bactrian_claim_seconds_count")).isPositive();
    assertThat(seen.value(attempts("batchable", "complete"))).isEqualTo(1);
    assertThat(seen.value(attempts("batch_worker", "complete"))).isEqualTo(5);
    assertThat(seen.value(records("written"))).isEqualTo(1000);
    assertThat(seen.value(records("filtered"))).isZero();
    assertThat(seen.value(records("rejected"))).isZero();
    double size = Files.size(PRODUCTS);
    double header = 1.0 + Files.readString(PRODUCTS).indexOf('\n');
    assertThat(seen.value("bactrian_bytes_total")).isEqualTo(size - header);
    assertThat(seen.value("bactrian_checkpoint_seconds_count")).isGreaterThanOrEqualTo(5);
    assertThat(seen.value("bactrian_checkpoint_seconds_sum")).isPositive();
    assertThat(seen.value("bactrian_plan_seconds_count")).isEqualTo(1);
    assertThat(seen.value("bactrian_plan_bytes_total")).isEqualTo(size);
    assertThat(seen.value("bactrian_plan_records_total")).isEqualTo(1000);
    assertThat(seen.value("bactrian_database_reachable")).isEqualTo(1);
    assertThat(seen.value("bactrian_slots")).isGreaterThanOrEqualTo(2);
    assertThat(seen.value("hikaricp_connections_usage_seconds_count{pool=\"bactrian\"}"))
        .isPositive();
    assertThat(seen.value("hikaricp_connections_max{pool=\"bactrian\"}")).isEqualTo(10);
    assertThat(seen.sum("jvm_memory_used_bytes", "heap")).isPositive();
    String route = "csv_processing/csv_product_inventory_analyzer/1.0.0/process_csv_batch";
    assertThat(seen.sum("camel_exchanges_succeeded_total", "routeId=\"" + route + "\""))
        .isEqualTo(5);
    assertThat(seen.sum("camel_route_policy_seconds_count", "routeId=\"" + route)).isPositive();
  }

  @Test
  void failuresAreRetriesAndErrorsAndBlockedTasks() {
    cluster.template(ONE.formatted(2, "fails"));
    Scripted.define(
        "fails",
        call -> {
          throw new IllegalStateException("no");
        });
    serve();
    UUID task = cluster.submit("demo/one", Map.of());
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    Scrape seen = until(s -> s.value(steps("standard", "error")) == 1.0);

    assertThat(seen.value("bactrian_retries_total")).isEqualTo(1);
    assertThat(seen.value(attempts("standard", "retry"))).isEqualTo(1);
    assertThat(seen.value(attempts("standard", "error"))).isEqualTo(1);
    assertThat(seen.value("bactrian_tasks{state=\"blocked_by_failures\"}")).isEqualTo(1);
    assertThat(seen.sum("camel_exchanges_failed_total", "routeId=\"demo/one/1/only\""))
        .isEqualTo(2);
  }

  @Test
  void stepsThatWaitForASlotAreTheQueueAndHaveAnAge() {
    cluster.template(FAN);
    serve("bactrian.node.slots=1");
    String file = cluster.file("three.csv", "item\na\nb\nc\n").toString();
    UUID task = cluster.submit("demo/fan", Map.of("csv_file_path", file));
    Scrape seen =
        until(
            s ->
                s.value(steps("batch_worker", "in_progress")) == 1.0
                    && s.value("bactrian_queue_age_seconds") > 0
                    && s.value("bactrian_checkpoint_age_seconds") > 0);

    assertThat(seen.value("bactrian_tasks{state=\"steps_in_process\"}")).isEqualTo(1);
    assertThat(seen.value(steps("batch_worker", "enqueued"))).isEqualTo(2);
    assertThat(seen.value(steps("deferred_convergence", "pending"))).isEqualTo(1);
    assertThat(seen.value(steps("batchable", "enqueued"))).isZero();
    assertThat(seen.value("bactrian_queue_depth")).isEqualTo(2);
    assertThat(seen.value("bactrian_slots")).isEqualTo(1);
    assertThat(seen.value("bactrian_slots_busy")).isEqualTo(1);

    release.countDown();
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    Scrape idle = until(s -> s.value("bactrian_tasks{state=\"steps_in_process\"}") == 0);
    assertThat(idle.value("bactrian_queue_depth")).isZero();
    assertThat(idle.value("bactrian_queue_age_seconds")).isZero();
  }

  @Test
  void aLeaseThatEndsIsTakenOverAndLostToItsAttempt() {
    cluster.template(ONE.formatted(3, "outlives"));
    var running = new CountDownLatch(1);
    Scripted.define(
        "outlives",
        call -> {
          if (call.step().epoch() == 1) {
            running.countDown();
            assertThat(release.await(2, TimeUnit.MINUTES)).isTrue();
          }
          return Map.of();
        });
    serve();
    UUID task = cluster.submit("demo/one", Map.of());
    await().atMost(TestCluster.LONG).until(() -> running.getCount() == 0);
    // Whichever comes first, the node's own renewal or its sweep: time passes until it is the
    // sweep.
    await()
        .atMost(TestCluster.LONG)
        .until(
            () -> {
              cluster.shift("1 hour");
              return Scrape.of(api).value("bactrian_takeovers_total") >= 1;
            });
    Scrape seen = until(s -> s.value("bactrian_leases_lost_total") >= 1);

    assertThat(seen.value(attempts("standard", "lease_lost"))).isPositive();
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void whatAnOperatorEndsIsCountedAsWell() {
    cluster.template(ONE.formatted(1, "held"));
    Engine engine = serve("bactrian.node.slots=1");
    UUID first = cluster.submit("demo/one", Map.of());
    engine.operations().cancel(first, new By("anna", "enough"));

    until(s -> s.value("bactrian_tasks_ended_total{state=\"cancelled\"}") == 1);
  }
}
