package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code max_parallel}: workers in progress at once over all nodes, on every way in and out. */
final class MaxParallelTest {
  private static final int MOST = 3;

  private final TestControlPlane plane = new TestControlPlane();
  private final UUID task = plane.submit();

  @BeforeEach
  void createWorkers() {
    plane.outcomes.complete(
        plane.claimOne(), Map.of(), TestControlPlane.workers(60, Optional.of(MOST)));
  }

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void noMoreThanTheLimitAreClaimed() {
    assertThat(plane.claim(50)).hasSize(MOST);
    assertThat(plane.claim(50)).isEmpty();
  }

  @Test
  void aSmallBatchTakesOnlyWhatItAskedFor() {
    assertThat(plane.claim(1)).hasSize(1);
    assertThat(plane.claim(50)).hasSize(MOST - 1);
  }

  @Test
  void workersWithoutALimitOfOtherTasksAreNotHeldUp() {
    plane.submit();
    plane.claim(50);
    plane.submit();

    assertThat(plane.claim(50)).extracting(StepLease::name).containsExactly("plan");
  }

  @Test
  void ofAllLimitsTogetherAClaimTakesNoMoreThanItMayWhateverElseItTakes() {
    workersOfAnotherTask(Optional.of(MOST));
    UUID unlimited = workersOfAnotherTask(Optional.empty());

    assertThat(claimed(9, MOST + 1)).filteredOn(StepLease::limited).hasSize(MOST + 1);
    assertThat(claimed(9, 0)).extracting(StepLease::taskUuid).containsOnly(unlimited);
    assertThat(claimed(9, 1)).filteredOn(StepLease::limited).hasSize(1);
  }

  /** As many steps as were asked for; so many of them, at most, under limits. */
  private List<StepLease> claimed(int limit, int permits) {
    List<StepLease> claimed = plane.claim(limit, permits, TestControlPlane.ROUTES);
    assertThat(claimed).hasSize(limit);
    return claimed;
  }

  private UUID workersOfAnotherTask(Optional<Integer> maxParallel) {
    UUID another = plane.submit();
    plane.outcomes.complete(
        plane.claim(1, 1, Set.of("r/plan")).get(0),
        Map.of(),
        TestControlPlane.workers(60, maxParallel));
    return another;
  }

  @Test
  void everyWayOutMakesRoomForAnother() {
    List<StepLease> three = plane.claim(50);
    plane.outcomes.complete(three.get(0), Map.of(), NewWorkers.NONE);
    assertThat(plane.claim(50)).as("complete").hasSize(1);
    plane.outcomes.retryLater(three.get(1), new StepError("E", "no", true), Duration.ofHours(9));
    assertThat(plane.claim(50)).as("retry").hasSize(1);
    plane.outcomes.fail(three.get(2), new StepError("E", "no", false));
    List<StepLease> next = plane.claim(50);
    assertThat(next).as("fail").hasSize(1);
    plane.leases.release(next.get(0), "the node drains");
    assertThat(plane.claim(50)).as("release").hasSize(1);
    plane.shift("7 seconds");
    assertThat(plane.leases.reclaimExpired()).isEqualTo(MOST);
    assertThat(plane.claim(50)).as("reclaim").hasSize(MOST);
    plane.shift("2 hours");
    plane.tasks.endOverdue();
    assertThat(inProgress()).as("cancel").isZero();
  }

  @Test
  void theLimitHoldsUnderRace() throws Exception {
    var done = new AtomicInteger();
    var most = new AtomicInteger();
    Callable<Void> claimer =
        () -> {
          while (done.get() < 60) {
            for (StepLease lease : plane.claim(2)) {
              most.accumulateAndGet((int) running(), Math::max);
              plane.outcomes.complete(lease, Map.of(), NewWorkers.NONE);
              done.incrementAndGet();
            }
          }
          return null;
        };
    var threads = Executors.newFixedThreadPool(6);
    try {
      for (Future<Void> claiming : threads.invokeAll(List.of(claimer, claimer, claimer, claimer))) {
        claiming.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween(1, MOST);
    assertThat(inProgress()).isZero();
    assertThat(
            plane.count(
                "select count(*) from workflow_steps where state = 'complete' and template_step = 'work'"))
        .isEqualTo(60);
  }

  @Test
  void everyEndedAttemptIsKeptWithWhatBecameOfIt() {
    List<StepLease> three = plane.claim(50);
    plane.outcomes.complete(three.get(0), Map.of(), NewWorkers.NONE);
    plane.outcomes.retryLater(three.get(1), new StepError("E", "no", true), Duration.ofSeconds(1));
    plane.leases.release(three.get(2), "the node drains");
    plane.shift("2 seconds");
    plane.tasks.retryDue();
    plane.sql.sql("update worker_limits set max_parallel = 60").update();
    StepLease again =
        plane.claim(60).stream()
            .filter(lease -> lease.stepUuid().equals(three.get(1).stepUuid()))
            .findFirst()
            .orElseThrow();
    plane.outcomes.fail(again, new StepError("E", "never", false));

    assertThat(attempts(three.get(0))).containsExactly("1 complete null");
    assertThat(attempts(three.get(1))).containsExactly("1 failed no", "2 failed never");
    assertThat(attempts(three.get(2))).containsExactly("1 given_back null");
    assertThat(plane.count("select count(*) from step_attempts where started_at > ended_at"))
        .isZero();
  }

  private List<String> attempts(StepLease lease) {
    return new ArrayList<>(
        plane
            .sql
            .sql(
                "select attempt || ' ' || outcome || ' ' || coalesce(error ->> 'message', 'null')"
                    + " from step_attempts where step_uuid = :step order by epoch")
            .param("step", lease.stepUuid())
            .query(String.class)
            .list());
  }

  private long inProgress() {
    return plane
        .sql
        .sql("select in_progress from worker_limits where task_uuid = :task")
        .param("task", task)
        .query(Long.class)
        .single();
  }

  private long running() {
    return plane.count(
        "select count(*) from workflow_steps where state = 'in_progress' and template_step = 'work'");
  }
}
