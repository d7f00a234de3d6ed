package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.store.ChaosServer;
import io.bactrian.store.Database;
import io.bactrian.store.TaskTable;
import io.bactrian.task.Submission;
import io.bactrian.template.AnyNames;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Three node processes and their PostgreSQL are killed, stopped, cut off and starved while they
 * work; each record leaves its effects exactly once. One short round by default, {@code
 * -Dfaults.rounds=N} for more; ends with a table.
 */
final class ProcessChaosTest {
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  private static final int FAULTS_OF_A_ROUND = Integer.getInteger("faults.of.a.round", 8);
  private static final int RECORDS = 24_000;

  @TempDir private Path folder;

  private final Random random = Seed.random("process chaos");
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  @Test
  void everyRecordLeavesItsEffectsExactlyOnce() throws Exception {
    try (var server = new ChaosServer(folder);
        Database database = Database.open(server::address, 3)) {
      database.awaitReady();
      JdbcClient sql = JdbcClient.create(database.dataSource());
      var history = new History(database.dataSource());
      history.install();
      Workload workload = Workload.write(folder.resolve("records.csv"), RECORDS, Seed.VALUE);
      long lost = 0;
      long doubled = 0;
      try (var cluster = new Cluster(server, sql, folder)) {
        for (int round = 1; round <= ROUNDS; round++) {
          UUID task = submit(database, workload);
          sufferUntilFinished(cluster, sql, task);
          lost += history.lost(task, workload);
          doubled += history.doubled(task);
          history.check(task, workload);
          assertThat(answer(sql, task)).isEqualTo(workload.answer());
          System.out.printf("round %d: %s%n", round, faults);
        }
      }
      tell(history, lost, doubled);
    }
  }

  private void sufferUntilFinished(Cluster cluster, JdbcClient sql, UUID task) throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> hasBegun(sql, task));
    for (int n = 0; n < FAULTS_OF_A_ROUND && !isComplete(sql, task); n++) {
      Fault fault = Fault.draw(random);
      cluster.suffer(fault, random);
      faults.merge(fault, 1, Integer::sum);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(100, 1200)));
    }
    await()
        .pollInSameThread()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              cluster.heal();
              return isComplete(sql, task);
            });
  }

  private static UUID submit(Database database, Workload workload) throws IOException {
    TaskTemplate template =
        new TemplateLoader(new AnyNames())
            .load(Path.of("src/test/resources/faults/templates/faults.yaml"))
            .template();
    return new Submission(new TaskTable(database, "test"))
        .submit(
            template,
            Map.of("csv_file_path", workload.file().toString(), "pause", 0.8),
            Path.of(""),
            Optional.empty());
  }

  private static boolean hasBegun(JdbcClient sql, UUID task) {
    return number(sql, "select count(*) from effects_log where task_uuid = '" + task + "'") > 0;
  }

  private static boolean isComplete(JdbcClient sql, UUID task) {
    return number(
            sql,
            "select count(*) from tasks where state = 'complete' and task_uuid = '" + task + "'")
        == 1;
  }

  /** The database may be away; then nothing is known. */
  private static long number(JdbcClient sql, String query) {
    try {
      return sql.sql(query).query(Long.class).single();
    } catch (DataAccessException | TransactionException e) {
      return -1;
    }
  }

  private static String answer(JdbcClient sql, UUID task) {
    return sql.sql(
            """
            select (results -> 'result' ->> 'rows') || ' ' || (results -> 'result' ->> 'sum')
            from workflow_steps where task_uuid = :task and name = 'total'
            """)
        .param("task", task)
        .query(String.class)
        .single();
  }

  private void tell(History history, long lost, long doubled) throws IOException {
    var table = new StringBuilder();
    table.append("seed                  %d%n".formatted(Seed.VALUE));
    table.append("rounds                %d%n".formatted(ROUNDS));
    for (Fault fault : Fault.values()) {
      table.append("%-22s%d%n".formatted(fault, faults.getOrDefault(fault, 0)));
    }
    table.append(
        "faults                %d%n"
            .formatted(faults.values().stream().mapToInt(Integer::intValue).sum()));
    table.append("takeovers             %d%n".formatted(history.takeovers()));
    table.append("records               %d%n".formatted((long) ROUNDS * RECORDS));
    table.append(
        "records repeated      %d%n".formatted(history.handled() - (long) ROUNDS * RECORDS));
    table.append("lost                  %d%n".formatted(lost));
    table.append("doubled               %d%n".formatted(doubled));
    System.out.print(table);
    Files.writeString(Path.of("target", "chaos-summary.txt"), table);
  }
}
