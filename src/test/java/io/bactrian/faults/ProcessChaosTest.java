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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
 * work on two tasks, one of which sets bad records aside; each record leaves its effects exactly
 * once, or is set aside. One short round by default, {@code -Dfaults.rounds=N} for more; ends with
 * a table.
 */
final class ProcessChaosTest {
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  private static final int FAULTS_OF_A_ROUND = Integer.getInteger("faults.of.a.round", 8);
  private static final int RECORDS = 16_000;
  private static final int RECORDS_WITH_BAD_ONES = 8_000;

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
      List<Workload> workloads = workloads();
      long lost = 0;
      long doubled = 0;
      try (var cluster = new Cluster(server, sql, folder)) {
        for (int round = 1; round <= ROUNDS; round++) {
          Map<UUID, Workload> tasks = submit(database, workloads);
          sufferUntilFinished(cluster, sql, tasks.keySet());
          for (var task : tasks.entrySet()) {
            lost += history.lost(task.getKey(), task.getValue());
            doubled += history.doubled(task.getKey());
            history.check(task.getKey(), task.getValue());
            assertThat(answer(sql, task.getKey())).isEqualTo(task.getValue().answer());
          }
          System.out.printf("round %d: %s%n", round, faults);
        }
      }
      tell(history, workloads, lost, doubled);
    }
  }

  private List<Workload> workloads() throws IOException {
    return List.of(
        Workload.write(folder.resolve("records.csv"), RECORDS, Seed.VALUE),
        Workload.write(
            folder.resolve("bad.csv"),
            RECORDS_WITH_BAD_ONES,
            Seed.VALUE,
            Workload.scattered(RECORDS_WITH_BAD_ONES)));
  }

  private void sufferUntilFinished(Cluster cluster, JdbcClient sql, Set<UUID> tasks)
      throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> haveBegun(sql, tasks));
    for (int n = 0; n < FAULTS_OF_A_ROUND && !areComplete(sql, tasks); n++) {
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
              return areComplete(sql, tasks);
            });
  }

  private static Map<UUID, Workload> submit(Database database, List<Workload> workloads)
      throws IOException {
    var tasks = new LinkedHashMap<UUID, Workload>();
    for (Workload workload : workloads) {
      TaskTemplate template =
          new TemplateLoader(new AnyNames())
              .load(Path.of("src/test/resources/faults/templates", workload.template() + ".yaml"))
              .template();
      UUID task =
          new Submission(new TaskTable(database, "test"))
              .submit(
                  template,
                  Map.of("csv_file_path", workload.file().toString(), "pause", 0.8),
                  Path.of(""),
                  Optional.empty());
      tasks.put(task, workload);
    }
    return tasks;
  }

  private static boolean haveBegun(JdbcClient sql, Set<UUID> tasks) {
    return number(
            sql,
            "select count(distinct task_uuid) from effects_log where task_uuid in (:tasks)",
            tasks)
        == tasks.size();
  }

  private static boolean areComplete(JdbcClient sql, Set<UUID> tasks) {
    return number(
            sql,
            "select count(*) from tasks where state = 'complete' and task_uuid in (:tasks)",
            tasks)
        == tasks.size();
  }

  /** The database may be away; then nothing is known. */
  private static long number(JdbcClient sql, String query, Set<UUID> tasks) {
    try {
      return sql.sql(query).param("tasks", tasks).query(Long.class).single();
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

  private void tell(History history, List<Workload> workloads, long lost, long doubled)
      throws IOException {
    long records = (long) ROUNDS * workloads.stream().mapToInt(Workload::records).sum();
    long rejects = (long) ROUNDS * workloads.stream().mapToInt(w -> w.bad().size()).sum();
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
    table.append("records               %d%n".formatted(records));
    table.append("records set aside     %d%n".formatted(rejects));
    table.append("records repeated      %d%n".formatted(history.handled() - (records - rejects)));
    table.append("lost                  %d%n".formatted(lost));
    table.append("doubled               %d%n".formatted(doubled));
    System.out.print(table);
    Files.writeString(Path.of("target", "chaos-summary.txt"), table);
  }
}
