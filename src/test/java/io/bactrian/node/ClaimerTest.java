package io.bactrian.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.step.StepLease;
import io.bactrian.store.TestControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** When a node asks for steps, and how many it takes. It never polls here. */
final class ClaimerTest {
  private static final int MANY = 200;
  private static final int MOST = 8;
  private static final Duration QUIET = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestControlPlane plane = new TestControlPlane();
  private final AtomicInteger begun = new AtomicInteger();
  private final Semaphore mayEnd = new Semaphore(0);

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aNodeHoldsNoMoreStepsUnderALimitThanItHasSlots() throws Exception {
    UUID task = taskWithWorkers(MANY, Optional.of(MOST));

    try (var node = new ClaimingNode(plane, 2, this::answer)) {
      await().atMost(LONG).until(() -> complete(task) == MANY);

      assertThat(node.leases.most()).isEqualTo(2);
    }
  }

  @Test
  void theRestOfALimitIsLeftToOthers() throws Exception {
    taskWithWorkers(MANY, Optional.of(MOST));
    mayEnd.release(MANY / 2);

    try (var node = new ClaimingNode(plane, 2, this::answerWhenItMay)) {
      await().atMost(LONG).until(() -> begun.get() == MANY / 2 + 2);
      await().atMost(LONG).until(() -> node.runner.running().size() == 2);

      List<StepLease> rest = plane.claim(50);
      mayEnd.release(MANY);
      assertThat(rest).hasSize(MOST - 2);
    }
  }

  @Test
  void stepsUnderALimitHaveTheirTurnAmongOthersThatAreClaimedAhead() throws Exception {
    UUID large = taskWithWorkers(5 * MANY, Optional.empty());

    try (var node = new ClaimingNode(plane, 2, this::answerSoon)) {
      await().atMost(LONG).until(() -> node.leases.most() > 10);
      UUID limited = taskWithWorkers(10, Optional.of(MOST));
      await().atMost(LONG).until(() -> complete(limited) == 10);

      assertThat(complete(large)).isLessThan(5 * MANY);
    }
  }

  @Test
  void aFreedSlotDoesNotAskWhenTheLastClaimLeftNothing() throws Exception {
    UUID task = taskWithWorkers(20, Optional.empty());

    try (var node = new ClaimingNode(plane, 32, this::answerWhenItMay)) {
      whileNoEndCanBeWritten(
          task,
          () -> {
            await().atMost(LONG).until(() -> begun.get() == 20);
            int before = claimsWhenQuiet(node);
            mayEnd.release(20);
            await().atMost(LONG).until(() -> node.runner.busy() == 0);

            assertThat(claimsWhenQuiet(node)).isEqualTo(before);
          });
      await().atMost(LONG).until(() -> complete(task) == 20);
    }
  }

  @Test
  void aFreedSlotAsksWhenTheLastClaimMayHaveLeftSomething() throws Exception {
    UUID task = taskWithWorkers(20, Optional.empty());

    try (var node = new ClaimingNode(plane, 2, this::answer)) {
      whileNoEndCanBeWritten(task, () -> await().atMost(LONG).until(() -> begun.get() == 20));
      await().atMost(LONG).until(() -> complete(task) == 20);
    }
  }

  private UUID taskWithWorkers(int count, Optional<Integer> maxParallel) {
    UUID task = plane.submit();
    StepLease plan = plane.claim(1, 0, Set.of("r/plan")).get(0);
    plane.outcomes.complete(plan, Map.of(), TestControlPlane.workers(count, maxParallel));
    return task;
  }

  private void answer(Exchange exchange) {
    begun.incrementAndGet();
    exchange.getMessage().setBody(Map.of());
  }

  private void answerSoon(Exchange exchange) throws InterruptedException {
    answer(exchange);
    assertThat(mayEnd.tryAcquire(5, TimeUnit.MILLISECONDS)).isFalse();
  }

  private void answerWhenItMay(Exchange exchange) throws InterruptedException {
    answer(exchange);
    assertThat(mayEnd.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
  }

  /** The counts of a task, which every end of a step changes, are locked by somebody meanwhile. */
  private void whileNoEndCanBeWritten(UUID task, Runnable work) {
    new TransactionTemplate(plane.database.transactions())
        .executeWithoutResult(
            status -> {
              status.setRollbackOnly();
              JdbcClient.create(plane.database.dataSource())
                  .sql("select pending from task_gates where task_uuid = :task for update")
                  .param("task", task)
                  .query()
                  .singleRow();
              work.run();
            });
  }

  /** How often a node has claimed, once it has not for a while. */
  private static int claimsWhenQuiet(ClaimingNode node) {
    var before = new AtomicInteger(-1);
    await()
        .during(QUIET)
        .atMost(LONG)
        .until(() -> before.getAndSet(node.leases.claims()) == before.get());
    return before.get();
  }

  private long complete(UUID task) {
    return plane
        .sql
        .sql(
            "select count(*) from workflow_steps where task_uuid = :task"
                + " and template_step = 'work' and state = 'complete'")
        .param("task", task)
        .query(Long.class)
        .single();
  }
}
