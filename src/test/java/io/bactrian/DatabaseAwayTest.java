package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.cli.Engine;
import io.bactrian.store.EmbeddedServer;
import io.bactrian.store.Home;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away in the middle of a run and comes back: nothing has failed for it. */
final class DatabaseAwayTest {
  private static final int RECORDS = 400;

  @TempDir private Path folder;
  private final AtomicInteger chunks = new AtomicInteger();

  @Test
  void nodesWaitForTheServerAndNothingFailsForIt() throws Exception {
    Home home = Home.open(folder.resolve("server"));
    EmbeddedServer server = EmbeddedServer.open(home, OptionalInt.empty());
    try (var cluster = new TestCluster(folder, server.address())) {
      prepare(cluster);
      cluster.serve();
      cluster.serve();
      UUID task = submit(cluster);
      await().atMost(TestCluster.LONG).until(() -> chunks.get() > 5);
      server.close();
      int before = chunks.get();
      CheckpointsTest.pause(3_000);
      server = EmbeddedServer.open(home, OptionalInt.empty());

      assertThat(before).as("stopped in the middle").isLessThan(RECORDS / 10);
      check(cluster, task);
    } finally {
      server.close();
    }
  }

  @Test
  void connectionsThatTheServerEndsAreNoFailures() throws Exception {
    try (var cluster = new TestCluster(folder)) {
      prepare(cluster);
      cluster.serve();
      UUID task = submit(cluster);
      for (int i = 1; i <= 4; i++) {
        int wanted = i * 5;
        await().atMost(TestCluster.LONG).until(() -> chunks.get() > wanted);
        cluster.count(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
      }

      check(cluster, task);
    }
  }

  @Test
  void theEmbeddedServerIsStartedAgainWhenItHasDied() throws Exception {
    Path home = folder.resolve("home");
    try (var cluster = new TestCluster(folder)) {
      cluster.template(template());
      Scripted.define("effects", this::count);
      Map<String, String> settings = new HashMap<>(cluster.settings());
      settings.put("bactrian.home", home.toString());
      settings.put("bactrian.database.url", "");
      try (Engine engine = new Wiring().node(settings, false)) {
        UUID task =
            engine.submit(
                engine.template("demo/away").orElseThrow(),
                Map.of("csv_file_path", input(cluster)),
                false);
        await().atMost(TestCluster.LONG).until(() -> chunks.get() > 5);
        kill(home);

        TaskState state =
            await()
                .atMost(TestCluster.LONG)
                .ignoreExceptions()
                .until(() -> engine.tasks().progress(task).state(), TaskState::isAtRest);
        assertThat(state).isEqualTo(TaskState.COMPLETE);
        assertThat(engine.tasks().steps(task)).allMatch(step -> step.attempts() == 1);
      }
    }
  }

  private void prepare(TestCluster cluster) {
    cluster.template(template());
    cluster.sql.sql("create schema side").update();
    cluster.sql.sql("create table side.effects (item text)").update();
    Scripted.define(
        "effects",
        call -> {
          try (Connection connection = call.dataSource().getConnection();
              PreparedStatement insert =
                  connection.prepareStatement("insert into side.effects values (?)")) {
            for (Map<String, Object> row : call.records()) {
              insert.setString(1, (String) row.get("item"));
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return count(call);
        });
  }

  private Map<String, Object> count(Scripted.Call call) {
    CheckpointsTest.pause(30);
    chunks.incrementAndGet();
    return Map.of("rows", call.records().size());
  }

  private static String template() {
    return """
        name: away
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 100, max_workers: 4}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            checkpoint: {interval: 10}
            retry: {max_attempts: 1}
            handler: {callable: scripted, initialization: {script: effects}}
          - name: total
            type: deferred_convergence
            dependencies: [work]
            retry: {max_attempts: 1}
            handler: {callable: "log:total", initialization: {fold: sums}}
        """;
  }

  private static UUID submit(TestCluster cluster) {
    return cluster.submit("demo/away", Map.of("csv_file_path", input(cluster)));
  }

  private static String input(TestCluster cluster) {
    String text =
        IntStream.rangeClosed(1, RECORDS)
            .mapToObj(i -> "r" + i)
            .collect(Collectors.joining("\n", "item\n", "\n"));
    return cluster.file("input.csv", text).toString();
  }

  private static void check(TestCluster cluster, UUID task) {
    await()
        .atMost(TestCluster.LONG)
        .ignoreExceptions()
        .until(() -> cluster.atRest(task) == TaskState.COMPLETE);
    assertThat(cluster.count("select count(*) from step_attempts where outcome = 'failed'"))
        .isZero();
    assertThat(cluster.steps(task)).allMatch(step -> step.attempts() == 1);
    assertThat(cluster.count("select count(*) from side.effects")).isEqualTo(RECORDS);
    assertThat(cluster.count("select count(distinct item) from side.effects")).isEqualTo(RECORDS);
    assertThat(cluster.step(task, "total").results().orElseThrow().get("result"))
        .isEqualTo(Map.of("rows", RECORDS));
  }

  /** SIGKILL for the server and all it started. */
  private static void kill(Path home) throws IOException {
    try (var files = Files.walk(home)) {
      Path pid = files.filter(f -> f.endsWith("postmaster.pid")).findFirst().orElseThrow();
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip())).orElseThrow();
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
  }
}
