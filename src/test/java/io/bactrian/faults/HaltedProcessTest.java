package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.Fact;
import io.bactrian.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The kill points in processes of their own: the JVM halts at the commit, and the next process goes
 * on with the task before it submits one of its own and halts in that. By default a few points,
 * drawn by the seed; all of them with {@code -Dfaults.all}.
 */
final class HaltedProcessTest {
  private static final int RECORDS = 8000;
  private static final int CHUNKS = 8;
  private static final int DRAWN = 3;

  /** They need somebody who drains, adopts, or a handler that fails: {@link KillPointsTest}. */
  private static final Set<Fact> NOT_BY_ITSELF =
      EnumSet.of(Fact.RELEASE, Fact.BURY_NODE, Fact.ADOPT, Fact.RETRY_LATER);

  /** They are over before a process can be armed by a command. */
  private static final Set<Fact> AT_START = EnumSet.of(Fact.REGISTER_NODE, Fact.SHOW_PROCESS);

  @TempDir private Path folder;

  private static List<KillPoint> points() {
    var points = new ArrayList<>(KillPoint.all(CHUNKS));
    points.removeIf(point -> NOT_BY_ITSELF.contains(point.fact()));
    if (!Boolean.getBoolean("faults.all")) {
      Random random = Seed.random("halted processes");
      Collections.shuffle(points, random);
      return points.subList(0, DRAWN);
    }
    return points;
  }

  @Test
  void theNextProcessGoesOnAndTheAnswerIsThatOfASerialRun() throws Exception {
    DatabaseAddress address = TestDatabase.create();
    Workload workload = Workload.write(folder.resolve("records.csv"), RECORDS, Seed.VALUE);
    try (Database database = Database.open(() -> address, 3)) {
      database.awaitReady();
      JdbcClient sql = JdbcClient.create(database.dataSource());
      var history = new History(database.dataSource());
      history.install();
      for (KillPoint point : points()) {
        halt(address, workload, point);
        sql.sql("update engine_clock set shift = shift + interval '1 hour'").update();
        System.out.println("halted " + point);
      }
      FaultNode.Child last = FaultNode.start(address.url(), home(), "2s");
      assertThat(last.hear("ready")).as("%s", last.errors()).isEqualTo("ready");
      last.tell("submit 0 " + workload.file());
      UUID serial = UUID.fromString(last.hear("task ").substring("task ".length()));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> count(sql, "select count(*) from tasks where completed_at is null") == 0);
      last.process().getOutputStream().close();
      assertThat(last.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

      String answers = answers(sql, serial);
      List<UUID> tasks = sql.sql("select task_uuid from tasks").query(UUID.class).list();
      for (UUID task : tasks) {
        history.check(task, workload);
        assertThat(answers(sql, task)).isEqualTo(answers);
      }
    }
  }

  private void halt(DatabaseAddress address, Workload workload, KillPoint point) throws Exception {
    FaultNode.Child child;
    if (AT_START.contains(point.fact())) {
      child = FaultNode.start(address.url(), home(), "2s", point.code());
    } else {
      child = FaultNode.start(address.url(), home(), "2s");
      assertThat(child.hear("ready")).as("%s", child.errors()).isEqualTo("ready");
      child.tell("arm " + point.code());
      double pause = point.fact() == Fact.RENEW ? 0.8 : 0.05;
      child.tell("submit %s %s".formatted(pause, workload.file()));
    }
    assertThat(child.process().waitFor(2, TimeUnit.MINUTES)).as("halts %s", point).isTrue();
    assertThat(child.process().exitValue()).as("%s", point).isEqualTo(137);
  }

  private Path home() throws Exception {
    return Files.createTempDirectory(folder, "home-");
  }

  private static String answers(JdbcClient sql, UUID task) {
    return sql.sql(
            """
            select string_agg(name || ' ' || state || ' ' || results::text, E'\\n' order by name)
            from workflow_steps where task_uuid = :task
            """)
        .param("task", task)
        .query(String.class)
        .single();
  }

  private static long count(JdbcClient sql, String query) {
    return sql.sql(query).query(Long.class).single();
  }
}
