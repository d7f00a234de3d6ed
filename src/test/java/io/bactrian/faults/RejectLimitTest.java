package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.cli.Engine;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import io.bactrian.task.By;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tasks of any number of workers and size of chunks at once on three nodes, two of which die: with
 * as many bad records as {@code max_rejects} each completes, with one more each fails.
 */
final class RejectLimitTest {
  private static final int RECORDS = 600;
  private static final int BAD = 30;
  private static final int ROUNDS = Boolean.getBoolean("faults.all") ? 20 : 1;

  @TempDir private Path folder;
  private final DatabaseAddress address = TestDatabase.create();
  private final Random random = Seed.random("reject limits");

  /**
   * A task template.
   *
   * @param most its {@code max_rejects}
   */
  private record Limited(int workers, int interval, int most) {
    private String name() {
      return "limited_%d_%d_%d".formatted(workers, interval, most);
    }

    private String text() {
      return """
      name: %s
      namespace_name: suite
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 10, max_workers: %d}}
        - name: write
          type: batch_worker
          dependencies: [plan]
          on_bad_row: reject
          max_rejects: %d
          retry: {max_attempts: 100, backoff_base_ms: 50, max_backoff_ms: 200}
          checkpoint: {interval: %d}
          handler: {callable: recordEffects}
      """
          .formatted(name(), workers, most, interval);
    }
  }

  @Test
  void asManyAsMayBeCompleteAndOneMoreFails() throws Exception {
    List<Limited> limits = limits();
    Workload workload = workload();
    try (Database database = Database.open(() -> address, 3)) {
      database.awaitReady();
      JdbcClient sql = JdbcClient.create(database.dataSource());
      var history = new History(database.dataSource());
      history.install();
      for (int round = 0; round < ROUNDS; round++) {
        try (var first = node(10 + random.nextInt(40));
            var second = node(50 + random.nextInt(40));
            var third = node(Integer.MAX_VALUE)) {
          Engine engine = third.living().engine();
          List<UUID> tasks = limits.stream().map(limit -> submit(engine, limit, workload)).toList();

          for (int n = 0; n < tasks.size(); n++) {
            UUID task = tasks.get(n);
            boolean enough = limits.get(n).most() >= BAD;
            assertThat(atRest(engine, task))
                .as("%s, task %s", limits.get(n), task)
                .isEqualTo(enough ? TaskState.COMPLETE : TaskState.BLOCKED_BY_FAILURES);
            history.checkCounts(task);
            if (!enough) {
              goOnWithOneMore(engine, sql, task);
            }
            history.check(task, workload);
          }
          assertThat(first.isDead() && second.isDead()).as("two nodes have died").isTrue();
        }
      }
    }
  }

  private List<Limited> limits() throws IOException {
    var limits = new ArrayList<Limited>();
    Path templates = Files.createDirectory(folder.resolve("templates"));
    for (int workers : List.of(1, 5)) {
      for (int interval : List.of(9, 1000)) {
        for (int most : List.of(BAD, BAD - 1)) {
          var limited = new Limited(workers, interval, most);
          Files.writeString(templates.resolve(limited.name() + ".yaml"), limited.text());
          limits.add(limited);
        }
      }
    }
    return limits;
  }

  /** Half of the bad records stand in a row. */
  private Workload workload() throws IOException {
    Set<Long> bad = new HashSet<>();
    long first = random.nextInt(1, RECORDS - BAD);
    for (long n = 0; n < BAD / 2; n++) {
      bad.add(first + n);
    }
    while (bad.size() < BAD) {
      bad.add(random.nextLong(1, RECORDS + 1));
    }
    return Workload.write(folder.resolve("records.csv"), RECORDS, Seed.VALUE, bad);
  }

  private MortalNode node(int chunksToLive) throws IOException {
    Path home = Files.createTempDirectory(folder, "home-");
    return new MortalNode(
        Map.of(
            "bactrian.database.url", TestDatabase.url(address),
            "bactrian.home", home.toString(),
            "bactrian.lease.ttl", "1500ms",
            "bactrian.poll", "100ms",
            "bactrian.node.slots", "4",
            "bactrian.api.port", "",
            "bactrian.templates.dir", folder.resolve("templates").toString(),
            "bactrian.routes.dir", "src/test/resources/faults/routes"),
        chunksToLive);
  }

  private static UUID submit(Engine engine, Limited limited, Workload workload) {
    return engine.submit(
        engine.template("suite/" + limited.name()).orElseThrow(),
        Map.of("csv_file_path", workload.file().toString(), "pause", 0.01),
        false);
  }

  private static TaskState atRest(Engine engine, UUID task) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> engine.tasks().progress(task).state(), TaskState::isAtRest);
  }

  /** What a failed attempt has counted is forgotten: one more is enough. */
  private static void goOnWithOneMore(Engine engine, JdbcClient sql, UUID task) {
    var by = new By("user:anna", "one more may be bad");
    var unused = engine.operations().retry(task, by);
    assertThat(atRest(engine, task)).as("again").isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    sql.sql("update reject_budgets set max_rejects = max_rejects + 1 where task_uuid = :task")
        .param("task", task)
        .update();
    unused = engine.operations().retry(task, by);
    assertThat(atRest(engine, task)).isEqualTo(TaskState.COMPLETE);
  }
}
