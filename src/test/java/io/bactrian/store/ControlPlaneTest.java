package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.LeaseLost;
import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.Outcomes;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepResult;
import io.bactrian.step.StepState;
import io.bactrian.task.NewTask;
import io.bactrian.task.Step;
import io.bactrian.task.TaskState;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
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
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks, steps, leases and gates as rows of a real PostgreSQL. */
final class ControlPlaneTest {
  private static final Duration TTL = Duration.ofSeconds(6);

  private final Database database = TestDatabase.open();
  private final TaskTable tasks = new TaskTable(database, "test");
  private final TaskReads views = new TaskReads(database);
  private final LeaseTable leases = new LeaseTable(database, "test");
  private final StepOutcomes outcomes = new StepOutcomes(database, "test");
  private final NodeTable nodes = new NodeTable(database);
  private final CheckpointTable checkpoints = new CheckpointTable(database);
  private final JdbcClient sql = JdbcClient.create(database.dataSource());
  private final UUID node = UUID.randomUUID();
  private final UUID task = UUID.randomUUID();

  @BeforeEach
  void submit() {
    nodes.register(node, "here", 1, TTL);
    submit(task, Optional.empty());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTaskStartsWithWhatWaitsForNothing() {
    assertThat(names(StepState.ENQUEUED)).containsExactly("plan");
    assertThat(names(StepState.PENDING)).containsExactly("total", "tell");
    assertThat(state()).isEqualTo(TaskState.STEPS_IN_PROCESS);
  }

  @Test
  void completionCreatesAllWorkersAndTheyHoldTheConvergenceBack() {
    outcomes.complete(claimOne(), Map.of("x", 1), workers(1200));

    assertThat(names(StepState.ENQUEUED)).hasSize(1200).startsWith("work_1", "work_2");
    for (StepLease worker : claim(1199)) {
      outcomes.complete(worker, Map.of("name", worker.name()), NewWorkers.NONE);
    }
    assertThat(names(StepState.PENDING)).containsExactly("total", "tell");
    StepLease last = claimOne();
    assertThat(last.name()).isEqualTo("work_1200");
    outcomes.complete(last, Map.of("name", last.name()), NewWorkers.NONE);

    StepLease total = claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isEqualTo(1200);
    var results = new ResultReads(database).of(task, Set.of("plan", "work"));
    assertThat(results.workerCount("work")).isEqualTo(1200);
    assertThat(results.workers("work"))
        .extracting(StepResult::batchIndex)
        .isEqualTo(IntStream.range(0, 1200).boxed().toList());
    assertThat(results.get("plan").orElseThrow().result()).containsEntry("x", 1);
    assertThat(results.get("tell")).isEmpty();
    outcomes.complete(total, Map.of(), NewWorkers.NONE);
    outcomes.complete(claimOne(), Map.of(), NewWorkers.NONE);
    assertThat(state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void workersAreCompletedTogetherEachUnderItsEpoch() {
    outcomes.complete(claimOne(), Map.of(), workers(4));
    List<StepLease> workers = claim(4);
    leases.release(workers.get(1), "the node drains");

    assertThat(outcomes.completeAll(done(workers)))
        .containsExactlyInAnyOrder(uuid(workers, 0), uuid(workers, 2), uuid(workers, 3));
    assertThat(outcomes.completeAll(done(workers))).isEmpty();
    assertThat(names(StepState.ENQUEUED)).containsExactly("work_2");
    assertThat(names(StepState.PENDING)).containsExactly("total", "tell");

    assertThat(outcomes.completeAll(done(claim(1)))).hasSize(1);
    StepLease total = claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isEqualTo(4);
  }

  @Test
  void onlyStepsThatAreCompletedSaveTheCheckpointTheyEndWith() {
    outcomes.complete(claimOne(), Map.of(), workers(4));
    List<StepLease> workers = claim(4);
    leases.release(workers.get(1), "the node drains");
    leases.release(workers.get(2), "the node drains");
    StepLease again = claimOne();
    assertThat(again.key()).isEqualTo(new StepLease.Key(uuid(workers, 1), 2));

    assertThat(outcomes.completeAll(endingAt(9, workers)))
        .containsExactlyInAnyOrder(uuid(workers, 0), uuid(workers, 3));
    assertThat(saved()).containsOnlyKeys(uuid(workers, 0), uuid(workers, 3));

    assertThat(
            outcomes.completeAll(
                Stream.of(endingAt(10, workers), endingAt(5, List.of(again)))
                    .flatMap(List::stream)
                    .toList()))
        .containsExactly(again.stepUuid());
    assertThat(saved())
        .containsOnly(
            Map.entry(uuid(workers, 0), "9 in epoch 1"),
            Map.entry(uuid(workers, 3), "9 in epoch 1"),
            Map.entry(again.stepUuid(), "5 in epoch 2"));
    assertThat(names(StepState.ENQUEUED)).containsExactly("work_3");
  }

  private static List<Outcomes.Done> endingAt(long position, List<StepLease> leases) {
    return leases.stream()
        .map(lease -> new Outcomes.Done(lease, Map.of(), Optional.of(checkpoint(position))))
        .toList();
  }

  private Map<UUID, String> saved() {
    return sql
        .sql("select step_uuid, position || ' in epoch ' || epoch as saved from checkpoints")
        .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void rowsThatOthersHoldRightNowAreWaitedForAndCounted() {
    completeWhileOneIsCompleted(workers -> leases.renew(List.of(workers.get(0).key()), TTL));
  }

  @Test
  void aGateThatAnotherPassesRightNowIsWaitedFor() {
    completeWhileOneIsCompleted(workers -> {});
  }

  /** The first and third of three workers, while a transaction has completed the second. */
  private void completeWhileOneIsCompleted(Consumer<List<StepLease>> alsoHeld) {
    outcomes.complete(claimOne(), Map.of(), workers(3));
    List<StepLease> workers = claim(3);
    List<Outcomes.Done> others = done(List.of(workers.get(0), workers.get(2)));
    var written = new CompletableFuture<Set<UUID>>();
    database.commit(
        Fact.COMPLETE,
        () -> {
          alsoHeld.accept(workers);
          outcomes.complete(workers.get(1), Map.of(), NewWorkers.NONE);
          written.completeAsync(() -> outcomes.completeAll(others));
          awaitOneThatWaits();
        });

    assertThat(written)
        .succeedsWithin(Duration.ofSeconds(30))
        .isEqualTo(Set.of(uuid(workers, 0), uuid(workers, 2)));
    assertThat(claimOne().name()).isEqualTo("total");
  }

  private void awaitOneThatWaits() {
    String waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await().until(() -> sql.sql(waiting).query(Integer.class).single() > 0);
  }

  private static UUID uuid(List<StepLease> leases, int nth) {
    return leases.get(nth).stepUuid();
  }

  private static List<Outcomes.Done> done(List<StepLease> leases) {
    return leases.stream()
        .map(lease -> new Outcomes.Done(lease, Map.of("name", lease.name()), Optional.empty()))
        .toList();
  }

  @Test
  void withoutBatchesTheConvergenceRunsAtOnce() {
    outcomes.complete(claimOne(), Map.of(), NewWorkers.NONE);

    StepLease total = claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isZero();
  }

  @Test
  void aStepIsClaimedOnceAndOnlyForKnownRoutes() {
    assertThat(leases.claim(new Leases.Claim(node, Set.of("other"), Set.of(), false, TTL), 9))
        .isEmpty();
    assertThat(claim(9)).hasSize(1);
    assertThat(claim(9)).isEmpty();
  }

  @Test
  void aNodeForItsOwnTasksLeavesOthersAlone() {
    var limited = new Leases.Claim(node, routes(), Set.of(UUID.randomUUID()), true, TTL);
    assertThat(leases.claim(limited, 9)).isEmpty();
    assertThat(leases.claim(new Leases.Claim(node, routes(), Set.of(task), true, TTL), 9))
        .hasSize(1);
  }

  @Test
  void theTaskOfALiveNodeIsLeftAloneAndThatOfADeadOneIsNot() {
    claimOne();
    UUID owner = UUID.randomUUID();
    nodes.register(owner, "there", 2, TTL);
    submit(UUID.randomUUID(), Optional.of(owner));

    assertThat(claim(9)).isEmpty();
    nodes.bury(owner);
    assertThat(claim(9)).hasSize(1);
  }

  @Test
  void aLostLeaseWritesNothing() {
    StepLease first = claimOne();
    shift("7 seconds");
    assertThat(leases.reclaimExpired()).isEqualTo(1);
    StepLease second = claimOne();
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(second.attempt()).as("a lost lease is no attempt").isEqualTo(1);

    assertThatThrownBy(() -> outcomes.complete(first, Map.of(), workers(2)))
        .isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> leases.release(first, "x")).isInstanceOf(LeaseLost.class);
    assertThat(checkpoints.save(first.stepUuid(), first.epoch(), checkpoint(5))).isFalse();
    assertThat(names(StepState.IN_PROGRESS)).containsExactly("plan");
    assertThat(views.steps(task)).hasSize(3);
  }

  @Test
  void aRenewedLeaseDoesNotExpire() {
    StepLease lease = claimOne();
    shift("5 seconds");
    assertThat(leases.renew(List.of(lease.key()), TTL))
        .containsExactly(new Leases.Renewal(lease.key(), false));
    shift("5 seconds");
    assertThat(leases.reclaimExpired()).isZero();
    assertThat(leases.renew(List.of(new StepLease.Key(lease.stepUuid(), 7)), TTL)).isEmpty();
  }

  @Test
  void renewalDoesNotWaitForAChunkThatIsCommitting() {
    outcomes.complete(claimOne(), Map.of(), workers(2));
    List<StepLease> both = claim(2);
    List<StepLease.Key> keys = both.stream().map(StepLease::key).toList();
    shift("5 seconds");
    database.commit(
        Fact.CHECKPOINT,
        () -> {
          sql.sql("select 1 from workflow_steps where step_uuid = :step for update")
              .param("step", both.get(0).stepUuid())
              .query(Integer.class)
              .single();
          assertThat(CompletableFuture.supplyAsync(() -> leases.renew(keys, TTL)))
              .succeedsWithin(Duration.ofSeconds(30))
              .asInstanceOf(InstanceOfAssertFactories.LIST)
              .hasSize(2);
        });
    shift("5 seconds");

    assertThat(leases.reclaimExpired()).isEqualTo(1);
    assertThat(leases.renew(keys, TTL))
        .containsExactly(new Leases.Renewal(both.get(1).key(), false));
  }

  @Test
  void renewalTellsThatTheTaskIsPaused() {
    StepLease lease = claimOne();
    sql.sql("update tasks set state = 'paused'").update();

    assertThat(leases.renew(List.of(lease.key()), TTL))
        .containsExactly(new Leases.Renewal(lease.key(), true));
  }

  @Test
  void theStepsOfADeadProcessAreFreeAtOnce() {
    claimOne();
    assertThat(leases.reclaimFrom(List.of(node))).isEqualTo(1);
    assertThat(names(StepState.ENQUEUED)).containsExactly("plan");
  }

  @Test
  void aReleasedStepIsNoAttempt() {
    leases.release(claimOne(), "the node drains");
    assertThat(claimOne().attempt()).isEqualTo(1);
  }

  @Test
  void aRetryIsDueWhenItsTimeHasCome() {
    outcomes.retryLater(claimOne(), new StepError("E", "no", true), Duration.ofSeconds(20));
    assertThat(state()).isEqualTo(TaskState.WAITING_FOR_RETRY);
    assertThat(tasks.retryDue()).isZero();
    shift("21 seconds");
    assertThat(tasks.retryDue()).isEqualTo(1);
    assertThat(state()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(claimOne().attempt()).isEqualTo(2);
  }

  @Test
  void aFailedStepBlocksItsTask() {
    outcomes.fail(claimOne(), new StepError("E", "no", false));

    assertThat(state()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(views.running()).isEmpty();
  }

  @Test
  void aTaskPastItsTimeLimitIsInErrorAndItsStepsAreCancelled() {
    StepLease running = claimOne();
    shift("61 minutes");
    assertThat(tasks.endOverdue()).isEqualTo(1);

    assertThat(state()).isEqualTo(TaskState.ERROR);
    assertThat(names(StepState.CANCELLED)).hasSize(3);
    assertThatThrownBy(() -> outcomes.complete(running, Map.of(), NewWorkers.NONE))
        .isInstanceOf(LeaseLost.class);
    assertThat(tasks.endOverdue()).isZero();
  }

  @Test
  void aCheckpointComesBackWithTheNextLease() {
    outcomes.complete(claimOne(), Map.of(), workers(1));
    StepLease worker = claimOne();
    assertThat(worker.saved()).isEmpty();
    assertThat(checkpoints.save(worker.stepUuid(), worker.epoch(), checkpoint(5))).isTrue();
    leases.release(worker, "the node drains");

    assertThat(claimOne().saved()).contains(checkpoint(5));
    assertThat(views.progress(task).rowsDone()).isEqualTo(4);
  }

  @Test
  void anyTextCanStandInAPartialResult() {
    outcomes.complete(claimOne(), Map.of(), workers(1));
    StepLease worker = claimOne();
    var odd =
        new Checkpoint(
            5, 9, Map.of("a\0b", "c\0d\ud83d\ude00\""), 4, 4, 0, 0, 7, Optional.of("e\0\n"));
    assertThat(checkpoints.save(worker.stepUuid(), worker.epoch(), odd)).isTrue();
    leases.release(worker, "the node drains");

    assertThat(claimOne().saved()).contains(odd);
  }

  @Test
  void aPositionNeverGoesBack() {
    StepLease lease = claimOne();
    assertThat(checkpoints.save(lease.stepUuid(), lease.epoch(), checkpoint(5))).isTrue();
    assertThat(checkpoints.save(lease.stepUuid(), lease.epoch(), checkpoint(4))).isFalse();
  }

  @Test
  void theSchemaRefusesTransitionsThatDoNotExist() {
    UUID step = views.steps(task).get(0).uuid();
    assertThatThrownBy(
            () ->
                sql.sql(
                        "insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason) values (:step, 'complete', 'enqueued', 1, 'x', 'x')")
                    .param("step", step)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(
            () ->
                sql.sql("update workflow_steps set state = 'in_progress' where step_uuid = :step")
                    .param("step", step)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void everyStateChangeIsARowWithActorAndReason() {
    outcomes.complete(claimOne(), Map.of(), workers(2));

    assertThat(
            sql.sql("select count(*) from step_transitions where actor = 'test' and reason <> ''")
                .query(Integer.class)
                .single())
        .as("3 submitted, 1 enqueued, 1 claimed, 1 complete, 2 created")
        .isEqualTo(8);
    assertThat(
            sql.sql("select string_agg(to_state, ' ' order by transition_id) from task_transitions")
                .query(String.class)
                .single())
        .isEqualTo("pending steps_in_process");
  }

  private void submit(UUID uuid, Optional<UUID> owner) {
    var template =
        new TaskTemplate(
            "t",
            "demo",
            "1",
            "",
            Optional.empty(),
            Optional.of(Duration.ofHours(1)),
            List.of(),
            Map.of("a", 1));
    tasks.create(
        new NewTask(
            uuid,
            tasks.keep(template),
            "{\"file\":\"x\"}",
            "/",
            owner,
            Optional.of(Duration.ofHours(1)),
            List.of(
                new NewTask.NewStep("plan", StepType.BATCHABLE, "r/plan", 0, "{}", 3, List.of()),
                new NewTask.NewStep(
                    "total", StepType.DEFERRED_CONVERGENCE, "r/total", 2, "{}", 3, List.of("plan")),
                new NewTask.NewStep(
                    "tell", StepType.STANDARD, "r/tell", 3, "{}", 3, List.of("total")))));
  }

  private static NewWorkers workers(int count) {
    return new NewWorkers(
        "work",
        "r/work",
        1,
        3,
        Optional.empty(),
        List.of("plan"),
        List.of("total"),
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new NewWorkers.Worker("work_" + i, "{}"))
            .toList());
  }

  private static Checkpoint checkpoint(long position) {
    return new Checkpoint(position, 99, Map.of("n", 1), position - 1, position - 1, 0, 0);
  }

  private static Set<String> routes() {
    return Set.of("r/plan", "r/work", "r/total", "r/tell");
  }

  private List<StepLease> claim(int limit) {
    return leases.claim(new Leases.Claim(node, routes(), Set.of(), false, TTL), limit);
  }

  private StepLease claimOne() {
    return claim(1).get(0);
  }

  private List<String> names(StepState state) {
    return views.steps(task).stream().filter(s -> s.state() == state).map(Step::name).toList();
  }

  private TaskState state() {
    return views.find(task).orElseThrow().state();
  }

  private void shift(String interval) {
    sql.sql("update engine_clock set shift = shift + cast(:by as interval)")
        .param("by", interval)
        .update();
  }
}
