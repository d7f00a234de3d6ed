package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When positions are saved, by whom, and what a run that is told to end does then. */
final class CheckpointsTest {
  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
    cluster.sql.sql("create schema side").update();
    cluster.sql.sql("create table side.effects (item text primary key)").update();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anIntervalIsTheNumberOfRecordsBetweenTwoCheckpoints() {
    var told = new AtomicInteger();
    Scripted.define(
        "count",
        call -> {
          sizes.add(call.records().size());
          told.set((int) BatchWorkerContext.from(call.step()).checkpointInterval());
          return Map.of("rows", call.records().size());
        });
    UUID task = runFile("checkpoint: {interval: 7}", 30);

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(sizes).containsExactly(7, 7, 7, 7, 2);
    assertThat(told.get()).isEqualTo(7);
  }

  @Test
  void theTimeBetweenCheckpointsSizesTheChunks() {
    Scripted.define(
        "count",
        call -> {
          sizes.add(call.records().size());
          pause(20);
          return Map.of("rows", call.records().size());
        });
    UUID task = runFile("checkpoint: {every: 10ms}", 1800);

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(sizes.subList(0, 3))
        .as("a chunk that takes longer is halved")
        .containsExactly(1000, 500, 250);
  }

  @Test
  void aPartialResultOverTheSettingIsAClearPermanentError() {
    Scripted.define("count", call -> Map.of("text", "x".repeat(500)));
    UUID task = runFile("checkpoint: {interval: 7}", 30, "bactrian.checkpoint.max-bytes=400");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(cluster.attempts(cluster.step(task, "work_001").uuid()))
        .singleElement()
        .asString()
        .startsWith("1 failed the partial result of work_001 has 511 bytes; allowed: 400")
        .contains("bactrian.checkpoint.max-bytes");
  }

  @Test
  void aHandlerThatKeepsItsOwnCheckpointsGoesOnFromTheLast() {
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var fail = new AtomicInteger(1);
    Scripted.define("plan", call -> Scripted.oneWorker("a", "d"));
    Scripted.define(
        "yield",
        call -> {
          var worker = BatchWorkerContext.from(call.step());
          String at =
              worker.checkpoint().flatMap(Checkpoint::cursor).map(String::valueOf).orElse("a");
          long items = worker.checkpoint().map(Checkpoint::read).orElse(0L);
          seen.add(at + items + call.step().partial().orElse(Map.of()));
          insert(call.dataSource(), at);
          if (at.equals("c") && fail.getAndDecrement() > 0) {
            throw new IllegalStateException("after its effects");
          }
          if (at.equals("d")) {
            return Map.of("last", at, "items", items + 1);
          }
          String next = String.valueOf((char) (at.charAt(0) + 1));
          call.step().checkpoint(next, items + 1, Map.of("done", items + 1));
          return Map.of("ignored", true);
        });
    cluster.template(worker("yield", "retry: {backoff_base_ms: 1}"));
    cluster.serve();
    UUID task = cluster.submit("demo/own", Map.of());

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(seen)
        .containsExactly("a0{}", "b1{done=1}", "c2{done=2}", "c2{done=2}", "d3{done=3}");
    assertThat(cluster.step(task, "work_001").results().orElseThrow().get("result"))
        .isEqualTo(Map.of("last", "d", "items", 4));
    assertThat(
            cluster
                .sql
                .sql("select item from side.effects order by item")
                .query(String.class)
                .list())
        .containsExactly("a", "b", "c", "d");
    assertThat(cluster.step(task, "work_001").attempts()).isEqualTo(2);
  }

  @Test
  void aPausedTaskEndsAtTheNextCheckpointAndIsNoAttempt() {
    var inChunk = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Scripted.define(
        "count",
        call -> {
          sizes.add(call.records().size());
          inChunk.countDown();
          assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
          return Map.of("rows", call.records().size());
        });
    UUID task = runFile("checkpoint: {interval: 10}", 30);
    await().atMost(TestCluster.LONG).until(() -> inChunk.getCount() == 0);
    cluster.sql.sql("update tasks set state = 'paused'").update();
    await().atMost(TestCluster.LONG).until(() -> isToldToEnd(task));
    goOn.countDown();
    await()
        .atMost(TestCluster.LONG)
        .until(() -> cluster.step(task, "work_001").state() == StepState.ENQUEUED);

    assertThat(sizes).containsExactly(10);
    assertThat(cluster.step(task, "work_001").attempts()).isZero();
    assertThat(cluster.count("select position from checkpoints")).isEqualTo(11);
    cluster.sql.sql("update tasks set state = 'steps_in_process'").update();
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(sizes).containsExactly(10, 10, 10);
    assertThat(cluster.attempts(cluster.step(task, "work_001").uuid()))
        .containsExactly("1 given_back ", "1 complete ");
  }

  /** The keeper has renewed at least twice since the pause. */
  private boolean isToldToEnd(UUID task) {

    return cluster.count(
                "select count(*) from tasks t join workflow_steps s using (task_uuid)"
                    + " where t.task_uuid = '%s' and s.lease_until > t.updated_at".formatted(task))
            > 0
        && pause(900);
  }

  private UUID runFile(String rules, int records, String... settings) {
    cluster.template(
        """
        name: file
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 100000, max_workers: 1}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            %s
            handler: {callable: scripted, initialization: {script: count}}
        """
            .formatted(rules));
    cluster.serve(settings);
    String text =
        IntStream.rangeClosed(1, records).mapToObj(i -> "r" + i).collect(Collectors.joining("\n"));
    Path file = cluster.file("input.csv", "item\n" + text + "\n");
    return cluster.submit("demo/file", Map.of("csv_file_path", file.toString()));
  }

  private static String worker(String script, String rules) {
    return """
        name: own
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: scripted, initialization: {script: plan}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            %s
            handler: {callable: scripted, initialization: {script: %s}}
        """
        .formatted(rules, script);
  }

  private static void insert(DataSource source, String item) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into side.effects values (?)")) {
      insert.setString(1, item);
      insert.executeUpdate();
    }
  }

  /** Work that takes a while. */
  static boolean pause(long millis) {
    try {
      return !new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
