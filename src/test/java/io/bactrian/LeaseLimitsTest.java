package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that are stuck, take too long, or whose task's time is over. */
final class LeaseLimitsTest {
  private static final String STEP =
      """
      name: one
      namespace_name: demo
      version: "1"
      lifecycle: {max_duration_minutes: 10}
      steps:
        - name: only
          %s
          retry: {backoff_base_ms: 1}
          handler: {callable: scripted, initialization: {script: %s}}
      """;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anAttemptThatStopsToMakeProgressIsStuckAndFails() throws Exception {
    Scripted.define(
        "stuck",
        call -> {
          call.step().progress();
          if (call.step().attempt() == 1) {
            hang();
          }
          return Map.of("attempt", call.step().attempt());
        });
    UUID task = run("stuck", "", "bactrian.stall=500ms");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(cluster.attempts(cluster.step(task, "only").uuid()))
        .containsExactly(
            "1 failed no progress for PT0.5S (setting bactrian.stall), stuck at record 0",
            "2 complete ");
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aHandlerThatTellsOfItsProgressMayTakeLong() {
    Scripted.define(
        "steady",
        call -> {
          for (int i = 0; i < 30; i++) {
            call.step().progress();
            CheckpointsTest.pause(50);
          }
          return Map.of();
        });
    UUID task = run("steady", "", "bactrian.stall=500ms");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(cluster.step(task, "only").attempts()).isEqualTo(1);
  }

  @Test
  void aHandlerThatNeverTellsIsBoundedByItsTimeoutOnly() {
    Scripted.define(
        "silent",
        call -> {
          CheckpointsTest.pause(1500);
          return Map.of();
        });
    UUID task = run("silent", "", "bactrian.stall=500ms");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(cluster.step(task, "only").attempts()).isEqualTo(1);
  }

  @Test
  void recordsTakenFromTheListAreProgress() {
    Scripted.define(
        "slow",
        call -> {
          for (Map<String, Object> row : call.records()) {
            assertThat(row).isNotEmpty();
            CheckpointsTest.pause(40);
          }
          return Map.of("rows", call.records().size());
        });
    cluster.template(
        """
        name: file
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 100, max_workers: 1}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            retry: {max_attempts: 1}
            handler: {callable: scripted, initialization: {script: slow}}
        """);
    cluster.serve("bactrian.stall=500ms");
    String file = cluster.file("input.csv", "item\n" + "x\n".repeat(40)).toString();
    UUID task = cluster.submit("demo/file", Map.of("csv_file_path", file));

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void aTimeoutInterruptsTheHandlerAndCountsAsAnAttempt() throws Exception {
    Scripted.define(
        "late",
        call -> {
          if (call.step().attempt() == 1) {
            hang();
          }
          return Map.of();
        });
    UUID task = run("late", "timeout_seconds: 1");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(cluster.attempts(cluster.step(task, "only").uuid()))
        .containsExactly("1 failed the attempt took longer than PT1S", "2 complete ");
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskPastItsDurationInterruptsWhatRuns() throws Exception {
    var started = new CountDownLatch(1);
    Scripted.define(
        "endless",
        call -> {
          started.countDown();
          hang();
          return Map.of();
        });
    UUID task = run("endless", "");
    assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
    cluster.shift("11 minutes");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.ERROR);
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    // The clock's leap may end the lease first; a lost lease is no attempt.
    assertThat(cluster.attempts(cluster.step(task, "only").uuid()))
        .last()
        .isEqualTo("1 cancelled ");
  }

  @Test
  void retriesOfSiblingsDoNotWaitForEachOther() {
    var calls = new AtomicInteger();
    Scripted.define(
        "bad",
        call -> {
          calls.incrementAndGet();
          throw new IllegalStateException("no");
        });
    Scripted.define("good", call -> Map.of());
    cluster.template(
        """
        name: two
        namespace_name: demo
        version: "1"
        steps:
          - name: bad
            retry: {backoff_base_ms: 30000}
            handler: {callable: scripted, initialization: {script: bad}}
          - name: good
            handler: {callable: scripted, initialization: {script: good}}
        """);
    cluster.serve();
    UUID task = cluster.submit("demo/two", Map.of());

    await()
        .atMost(TestCluster.LONG)
        .until(() -> cluster.step(task, "good").state() == StepState.COMPLETE);
    await()
        .atMost(TestCluster.LONG)
        .until(() -> cluster.step(task, "bad").state() == StepState.WAITING_FOR_RETRY);
    cluster.shift("1 minute");
    await().atMost(TestCluster.LONG).until(() -> calls.get() == 2);
  }

  private UUID run(String script, String rules, String... settings) {
    cluster.template(STEP.formatted(rules.isEmpty() ? "type: standard" : rules, script));
    cluster.serve(settings);
    return cluster.submit("demo/one", Map.of());
  }

  private void hang() throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }
}
