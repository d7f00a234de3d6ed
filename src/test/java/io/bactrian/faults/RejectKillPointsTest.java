package io.bactrian.faults;

import static org.awaitility.Awaitility.await;

import io.bactrian.store.Fact;
import io.bactrian.testing.BactrianTest;
import io.bactrian.testing.TaskRun;
import io.bactrian.testing.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node dies before every commit of a kind and after it, one death after the other, in a task that
 * sets records aside: the first of a range, the last of one, some in a row over the end of a chunk,
 * and a whole range.
 */
@BactrianTest(
    routes = "classpath:faults/routes",
    settings = {"bactrian.lease.ttl=1s", "bactrian.node.slots=1"})
final class RejectKillPointsTest {
  private static final int RECORDS = 80;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "COMPLETE"})
  void eachRecordHasItsEffectsOnceOrIsSetAsideOnce(Fact fact, TestEngine engine) throws Exception {
    Set<Long> bad = Workload.scattered(RECORDS);
    LongStream.rangeClosed(RECORDS - RECORDS / Workload.RANGES + 1, RECORDS).forEach(bad::add);
    Workload workload = Workload.write(folder.resolve("records.csv"), RECORDS, Seed.VALUE, bad);
    var history = new History(engine.dataSource());
    history.install();
    engine.template(template(bad.size()));
    Map<String, Object> context = Map.of("csv_file_path", workload.file().toString());
    TaskRun serial = engine.runSerially("suite/aside", context).isComplete();
    int commits = fact == Fact.COMPLETE ? serial.steps().size() : commits(engine, serial);
    for (int n = 1; n <= commits; n++) {
      // The first try of each commit ends before it, the second after it.
      engine.failAt(fact, 2 * n - 1).failAfter(fact, n);
    }

    UUID task = engine.submit("suite/aside", context);
    await("all deaths are seen, also the one that ends the task")
        .pollInSameThread()
        .atMost(Duration.ofMinutes(2))
        .until(() -> engine.await(task).takeovers() == 2 * commits);

    engine.await(task).isComplete().hasAnswersOf(serial);
    history.check(serial.uuid(), workload);
    history.check(task, workload);
  }

  /** As many as are bad may be set aside: one that counted twice would fail the task. */
  private static String template(int maxRejects) {
    return """
    name: aside
    namespace_name: suite
    version: "1"
    steps:
      - name: plan
        type: batchable
        handler: {callable: csvAnalyzer, initialization: {batch_size: 20, max_workers: 4}}
      - name: write
        type: batch_worker
        dependencies: [plan]
        on_bad_row: reject
        max_rejects: %d
        checkpoint: {interval: 10}
        handler: {callable: recordEffects}
      - name: total
        type: deferred_convergence
        dependencies: [write]
        handler: {callable: keepTotal, initialization: {fold: sums}}
    """
        .formatted(maxRejects);
  }

  private static int commits(TestEngine engine, TaskRun run) {
    return JdbcClient.create(engine.dataSource())
        .sql(
            "select count(*) from checkpoint_history join workflow_steps using (step_uuid) where task_uuid = :task")
        .param("task", run.uuid())
        .query(Integer.class)
        .single();
  }
}
