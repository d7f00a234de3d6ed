package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.store.Deed;
import io.bactrian.store.Fact;
import io.bactrian.task.TaskState;
import io.bactrian.testing.BactrianTest;
import io.bactrian.testing.TaskRun;
import io.bactrian.testing.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node dies before, or after, each kind of commit, at the first, a middle and the last chunk;
 * another goes on. By default one such point for each fact, drawn by the seed; all of them with
 * {@code -Dfaults.all}.
 */
@BactrianTest(
    templates = "classpath:faults/templates",
    routes = "classpath:faults/routes",
    settings = "bactrian.lease.ttl=1s")
final class KillPointsTest {
  private static final int RECORDS = 8000;
  private static final int CHUNKS = 8;
  private static final Map<Boolean, TaskRun> SERIAL = new HashMap<>();

  @TempDir private static Path folder;

  static Stream<KillPoint> killPoints() {
    List<KillPoint> all = KillPoint.all(CHUNKS);
    if (Boolean.getBoolean("faults.all")) {
      return all.stream();
    }
    var drawn = new ArrayList<>(all);
    Random random = Seed.random("kill points");
    Collections.shuffle(drawn, random);
    EnumSet<Fact> seen = EnumSet.noneOf(Fact.class);
    return drawn.stream().filter(point -> seen.add(point.fact())).sorted();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("killPoints")
  void theAnswerIsThatOfASerialRun(KillPoint point, TestEngine engine) throws Exception {
    Workload workload = Workload.write(folder.resolve("records.csv"), RECORDS, Seed.VALUE);
    var history = new History(engine.dataSource());
    history.install();
    Map<String, Object> context = context(point, workload);
    arm(engine, point);
    var works = new CountDownLatch(1);
    engine.atCommit(Fact.CHECKPOINT, 1, works::countDown);

    UUID task = engine.submit(Workload.TEMPLATE, context);
    provoke(engine, point, task, works);
    await("the point is reached")
        .pollInSameThread()
        .atMost(Duration.ofMinutes(1))
        .until(() -> engine.await(task).takeovers() == 1);
    TaskRun run = engine.await(task).isComplete();

    history.check(task, workload);
    run.hasAnswersOf(
        SERIAL.computeIfAbsent(
            point.needsAFailure(), fails -> engine.runSerially(Workload.TEMPLATE, context)));
  }

  private static Map<String, Object> context(KillPoint point, Workload workload) {
    return Map.of(
        "csv_file_path",
        workload.file().toString(),
        "pause",
        EnumSet.of(Fact.RENEW, Fact.RELEASE).contains(point.fact()) ? 0.6 : 0.01,
        "fail_once",
        point.needsAFailure());
  }

  private static void arm(TestEngine engine, KillPoint point) {
    if (point.fact() == Fact.CHECKPOINT) {
      at(engine, point, point.chunk(), engine::kill);
    } else if (point.isPeriodic()) {
      engine.atCommit(Fact.CHECKPOINT, point.chunk(), () -> dieBeforeThisCommit(engine, point));
    } else if (point.chunk() > 1) {
      engine.atCommit(Fact.CHECKPOINT, point.chunk(), () -> at(engine, point, 1, engine::kill));
    } else {
      at(engine, point, 1, engine::kill);
    }
  }

  private static void at(TestEngine engine, KillPoint point, int nth, Runnable action) {
    TestEngine unused =
        point.after()
            ? engine.afterCommit(point.fact(), nth, action)
            : engine.atCommit(point.fact(), nth, action);
  }

  /** Holds the chunk's commit back until the node has died of the other one. */
  private static void dieBeforeThisCommit(TestEngine engine, KillPoint point) {
    var died = new CountDownLatch(1);
    at(
        engine,
        point,
        1,
        () -> {
          engine.kill();
          died.countDown();
        });
    try {
      assertThat(died.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Some commits happen only when somebody stops a node or adopts a task. */
  private static void provoke(TestEngine engine, KillPoint point, UUID task, CountDownLatch works)
      throws Exception {
    switch (point.fact()) {
      case RELEASE, BURY_NODE -> {
        assertThat(works.await(60, TimeUnit.SECONDS)).isTrue();
        engine.drain();
      }
      case ADOPT -> engine.adopt(task);
      default -> {}
    }
  }

  @Test
  void aFailureThatIsForGoodIsWrittenOnce(TestEngine engine) {
    new History(engine.dataSource()).install();
    engine.failAt(Fact.FAIL, 1).failAfter(Fact.FAIL, 1);

    TaskRun run = engine.runTask("suite/doomed", Map.of());
    awaitTakeovers(engine, run, 2);

    run.isInState(TaskState.BLOCKED_BY_FAILURES);
    assertThat(run.step("work").transitions()).filteredOn(t -> t.to().equals("error")).hasSize(1);
  }

  @Test
  void aTaskPastItsTimeLimitEndsOnce(TestEngine engine) {
    new History(engine.dataSource()).install();
    engine
        .template(
            """
            name: late
            namespace_name: suite
            version: "1"
            lifecycle: {max_duration_minutes: 1}
            steps:
              - name: work
                retry: {max_attempts: 9, backoff_base_ms: 3600000, max_backoff_ms: 3600000}
                handler: {callable: "direct:doomed"}
            """)
        .failAt(Fact.END_OVERDUE, 1)
        .failAfter(Fact.END_OVERDUE, 1);

    TaskRun run = engine.runTask("suite/late", Map.of());
    awaitTakeovers(engine, run, 2);

    assertThat(engine.await(run.uuid()).isInState(TaskState.ERROR).states())
        .filteredOn(state -> state.equals("error"))
        .hasSize(1);
  }

  /** A task may be at rest before the node that brought it there is seen to be dead. */
  private static void awaitTakeovers(TestEngine engine, TaskRun run, int expected) {
    await()
        .pollInSameThread()
        .atMost(Duration.ofMinutes(1))
        .until(() -> engine.await(run.uuid()).takeovers() == expected);
  }

  @Test
  void everyFactHasAKillPoint() {
    var covered = EnumSet.noneOf(Fact.class);
    KillPoint.all(CHUNKS).forEach(point -> covered.add(point.fact()));
    covered.addAll(KillPoint.ELSEWHERE.keySet());
    covered.addAll(Deed.facts());
    assertThat(covered)
        .as("a new fact needs a kill point: see the sets in KillPoint, and Deed")
        .containsExactlyInAnyOrder(Fact.values());
  }
}
