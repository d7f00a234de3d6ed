package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.step.NewWorkers;
import io.bactrian.step.Outcomes;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepResult;
import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows when steps are complete, alone or together. */
final class CompletionTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final UUID task = plane.submit();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void completionCreatesAllWorkersAndTheyHoldTheConvergenceBack() {
    plane.outcomes.complete(plane.claimOne(), Map.of("x", 1), TestControlPlane.workers(1200));

    assertThat(plane.names(task, StepState.ENQUEUED)).hasSize(1200).startsWith("work_1", "work_2");
    for (StepLease worker : plane.claim(1199)) {
      plane.outcomes.complete(worker, Map.of("name", worker.name()), NewWorkers.NONE);
    }
    assertThat(plane.names(task, StepState.PENDING)).containsExactly("total", "tell");
    StepLease last = plane.claimOne();
    assertThat(last.name()).isEqualTo("work_1200");
    plane.outcomes.complete(last, Map.of("name", last.name()), NewWorkers.NONE);

    StepLease total = plane.claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isEqualTo(1200);
    var results = new ResultReads(plane.database).of(task, Set.of("plan", "work"));
    assertThat(results.workerCount("work")).isEqualTo(1200);
    assertThat(results.workers("work"))
        .extracting(StepResult::batchIndex)
        .isEqualTo(IntStream.range(0, 1200).boxed().toList());
    assertThat(results.get("plan").orElseThrow().result()).containsEntry("x", 1);
    assertThat(results.get("tell")).isEmpty();
    plane.outcomes.complete(total, Map.of(), NewWorkers.NONE);
    plane.outcomes.complete(plane.claimOne(), Map.of(), NewWorkers.NONE);
    assertThat(plane.state(task)).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void withoutBatchesTheConvergenceRunsAtOnce() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), NewWorkers.NONE);

    StepLease total = plane.claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isZero();
  }

  @Test
  void workersAreCompletedTogetherEachUnderItsEpoch() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(4));
    List<StepLease> workers = plane.claim(4);
    plane.leases.release(workers.get(1), "the node drains");

    assertThat(plane.outcomes.completeAll(done(workers)))
        .containsExactlyInAnyOrder(uuid(workers, 0), uuid(workers, 2), uuid(workers, 3));
    assertThat(plane.outcomes.completeAll(done(workers)))
        .as("complete already, and counted once")
        .containsExactlyInAnyOrder(uuid(workers, 0), uuid(workers, 2), uuid(workers, 3));
    assertThat(plane.names(task, StepState.ENQUEUED)).containsExactly("work_2");
    assertThat(plane.names(task, StepState.PENDING)).containsExactly("total", "tell");

    assertThat(plane.outcomes.completeAll(done(plane.claim(1)))).hasSize(1);
    StepLease total = plane.claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isEqualTo(4);
  }

  @Test
  void onlyStepsThatAreCompletedSaveTheCheckpointTheyEndWith() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(4));
    List<StepLease> workers = plane.claim(4);
    plane.leases.release(workers.get(1), "the node drains");
    plane.leases.release(workers.get(2), "the node drains");
    StepLease again = plane.claimOne();
    assertThat(again.key()).isEqualTo(new StepLease.Key(uuid(workers, 1), 2));

    assertThat(plane.outcomes.completeAll(endingAt(9, workers)))
        .containsExactlyInAnyOrder(uuid(workers, 0), uuid(workers, 3));
    assertThat(saved()).containsOnlyKeys(uuid(workers, 0), uuid(workers, 3));

    assertThat(
            plane.outcomes.completeAll(
                Stream.of(endingAt(10, workers), endingAt(5, List.of(again)))
                    .flatMap(List::stream)
                    .toList()))
        .containsExactlyInAnyOrder(again.stepUuid(), uuid(workers, 0), uuid(workers, 3));
    assertThat(saved())
        .containsOnly(
            Map.entry(uuid(workers, 0), "9 in epoch 1"),
            Map.entry(uuid(workers, 3), "9 in epoch 1"),
            Map.entry(again.stepUuid(), "5 in epoch 2"));
    assertThat(plane.names(task, StepState.ENQUEUED)).containsExactly("work_3");
  }

  private static List<Outcomes.Done> endingAt(long position, List<StepLease> leases) {
    return leases.stream()
        .map(
            lease ->
                new Outcomes.Done(
                    lease, Map.of(), Optional.of(TestControlPlane.checkpoint(position))))
        .toList();
  }

  private Map<UUID, String> saved() {
    return plane
        .sql
        .sql("select step_uuid, position || ' in epoch ' || epoch as saved from checkpoints")
        .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void rowsThatOthersHoldRightNowAreWaitedForAndCounted() {
    completeWhileOneIsCompleted(
        workers -> plane.leases.renew(List.of(workers.get(0).key()), TestControlPlane.TTL));
  }

  @Test
  void aGateThatAnotherPassesRightNowIsWaitedFor() {
    completeWhileOneIsCompleted(workers -> {});
  }

  /** The first and third of three workers, while a transaction has completed the second. */
  private void completeWhileOneIsCompleted(Consumer<List<StepLease>> alsoHeld) {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(3));
    List<StepLease> workers = plane.claim(3);
    List<Outcomes.Done> others = done(List.of(workers.get(0), workers.get(2)));
    var written = new CompletableFuture<Set<UUID>>();
    plane.database.commit(
        Fact.COMPLETE,
        () -> {
          alsoHeld.accept(workers);
          plane.outcomes.complete(workers.get(1), Map.of(), NewWorkers.NONE);
          written.completeAsync(() -> plane.outcomes.completeAll(others));
          awaitOneThatWaits();
        });

    assertThat(written)
        .succeedsWithin(Duration.ofSeconds(30))
        .isEqualTo(Set.of(uuid(workers, 0), uuid(workers, 2)));
    assertThat(plane.claimOne().name()).isEqualTo("total");
  }

  private void awaitOneThatWaits() {
    String waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await().until(() -> plane.sql.sql(waiting).query(Integer.class).single() > 0);
  }

  private static UUID uuid(List<StepLease> leases, int nth) {
    return leases.get(nth).stepUuid();
  }

  private static List<Outcomes.Done> done(List<StepLease> leases) {
    return leases.stream()
        .map(lease -> new Outcomes.Done(lease, Map.of("name", lease.name()), Optional.empty()))
        .toList();
  }
}
