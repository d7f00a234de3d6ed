package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.json.Json;
import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.task.By;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.DuplicateTask;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Receipt;
import io.bactrian.task.Reruns;
import io.bactrian.task.Resolution;
import io.bactrian.task.Retention;
import io.bactrian.task.Retention.Pruned;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskState;
import io.bactrian.task.UnknownTarget;
import io.bactrian.template.Backoff;
import io.bactrian.template.FailureStrategy;
import io.bactrian.template.IdentityStrategy;
import io.bactrian.template.RetryPolicy;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskRules;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.WorkerRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finished tasks leave after a time, and their receipts stay. */
final class RetentionTest {
  private static final List<String> TABLES =
      List.of(
          "tasks",
          "task_gates",
          "task_transitions",
          "dead_letters",
          "workflow_steps",
          "step_edges",
          "step_gates",
          "step_transitions",
          "step_attempts",
          "checkpoints",
          "step_plans",
          "plans");

  private final TestControlPlane plane = new TestControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aFinishedTaskLeavesNothingButItsReceipt() {
    UUID task = finishedTask(3);
    plane.shift("8 days");

    Pruned pruned = pruneAll(days(7));

    assertThat(pruned).isEqualTo(new Pruned(1, 6, 0));
    for (String table : TABLES) {
      assertThat(plane.count("select count(*) from " + table)).as(table).isZero();
    }
    assertThat(plane.views.find(task)).isEmpty();
    Receipt receipt = plane.views.receipt(task).orElseThrow();
    assertThat(receipt.task().reference()).isEqualTo("t/demo@1");
    assertThat(receipt.task().state()).isEqualTo(TaskState.COMPLETE);
    assertThat(receipt.task().counts().done()).isEqualTo(6);
    assertThat(receipt.task().counts().total()).isEqualTo(6);
    assertThat(receipt.result()).contains(Map.of("said", "tell"));
    assertThat(receipt.resultSha256())
        .as("printf '{\"said\":\"tell\"}' | sha256sum")
        .contains("f0204355eccb842d34bab5c3e686ce412d21f15487e0d555b6b558c989177f3f");
  }

  @Test
  void whatIsNotDueStays() {
    UUID young = finishedTask(1);
    UUID running = plane.submit();
    plane.shift("6 days");

    assertThat(pruneAll(days(7)).isNothing()).isTrue();
    plane.shift("2 days");
    assertThat(pruneAll(days(7)).tasks()).isEqualTo(1);

    assertThat(plane.views.find(young)).isEmpty();
    assertThat(plane.views.find(running)).isPresent();
  }

  @Test
  void aTaskThatStillNeedsAPersonStays() {
    UUID task = finishedTask(1);
    var letters = new DeadLetterTable(plane.database);
    UUID letter = letters.put(task, Demo.ANNA).uuid();
    plane.shift("8 days");

    assertThat(pruneAll(days(7)).isNothing()).isTrue();
    letters.update(
        letter,
        new DeadLetters.Change(
            Optional.of(Resolution.MANUALLY_RESOLVED), Optional.empty(), Optional.empty()),
        Demo.ANNA);

    assertThat(pruneAll(days(7)).tasks()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', '', 30, false",
    "'{}', '', 9, true",
    "'{\"retention\": {\"days\": 9}}', '', 30, true",
    "'{\"retention\": {\"days\": 30}}', '', 9, false",
    "'{\"retention\": {\"days\": \"forever\"}}', '', 9, false",
    "'{\"retention\": {\"days\": 30}, \"environments\": {\"test\": {\"retention\": {\"days\": 9}}}}', test, , true",
    "'{\"retention\": {\"days\": 30}, \"environments\": {\"test\": {\"retention\": {\"days\": 9}}}}', prod, , false",
    "'{}', '', , false"
  })
  void theTemplateSaysHowLongElseTheDefault(
      String definition, String environment, Integer otherwise, boolean leaves) {
    finish(submit(Json.readObject(definition), SubmitOptions.NONE, Map.of()).task());
    plane.shift("10 days");
    var rules =
        new RetentionRules(environment, Optional.ofNullable(otherwise).map(Duration::ofDays));

    assertThat(prune(new Pruning(plane.database, rules)).tasks()).isEqualTo(leaves ? 1 : 0);
  }

  @Test
  void aDryRunCountsEveryRowThatThenIsGone() {
    finishedTask(20);
    plane.shift("8 days");
    Pruning pruning = days(7);
    long before = rows();

    Retention.Due due = pruning.due().get(0);
    assertThat(rows()).as("a dry run deletes nothing").isEqualTo(before);
    pruneAll(pruning);

    assertThat(due.template()).isEqualTo("t/demo@1");
    assertThat(due.keep()).contains(Duration.ofDays(7));
    assertThat(due.finished()).isEqualTo(1);
    assertThat(due.tasks()).isEqualTo(1);
    assertThat(due.steps()).isEqualTo(23);
    assertThat(due.rows()).isEqualTo(before - rows());
    assertThat(due.bytes()).isBetween(due.rows() * 24, due.rows() * 400);
  }

  @Test
  void anIdentityOutlivesItsTask() {
    SubmitOptions keyed = keyed(OnDuplicate.RETURN_EXISTING);
    UUID first = submit(Map.of(), keyed, Map.of()).task();
    finish(first);
    plane.shift("8 days");
    pruneAll(days(7));

    assertThat(submit(Map.of(), keyed, Map.of())).isEqualTo(new Submitted(first, false));
    assertThatThrownBy(() -> submit(Map.of(), keyed(OnDuplicate.REJECT), Map.of()))
        .isInstanceOf(DuplicateTask.class)
        .hasMessageContaining(first.toString());
    assertThat(submit(Map.of(), keyed(OnDuplicate.RERUN_IF_FAILED), Map.of()).task())
        .as("it has not failed")
        .isEqualTo(first);
    assertThat(plane.count("select count(*) from tasks")).isZero();
    assertThat(plane.count("select count(*) from task_gates")).isZero();
  }

  @Test
  void aFailedTaskThatHasLeftGivesItsIdentityAway() {
    UUID first = submit(Map.of(), keyed(OnDuplicate.RETURN_EXISTING), Map.of()).task();
    verbs().cancel(first, Demo.ANNA);
    plane.shift("8 days");
    pruneAll(days(7));

    Submitted again = submit(Map.of(), keyed(OnDuplicate.RERUN_IF_FAILED), Map.of());
    Submitted third = submit(Map.of(), keyed(OnDuplicate.RERUN_IF_FAILED), Map.of());

    assertThat(again.created()).isTrue();
    assertThat(third).isEqualTo(new Submitted(again.task(), false));
  }

  /** The pruner has deleted the task and not committed when the submission comes. */
  @Test
  void aSubmissionThatMeetsItsTaskLeavingIsAnsweredWithIt() throws Exception {
    SubmitOptions keyed = keyed(OnDuplicate.RETURN_EXISTING);
    UUID first = submit(Map.of(), keyed, Map.of()).task();
    finish(first);
    plane.shift("8 days");
    CompletableFuture<Submitted> other =
        plane.database.commit(
            Fact.PRUNE_TASKS,
            () -> {
              days(7).pruneSome();
              var submitted =
                  CompletableFuture.supplyAsync(() -> submit(Map.of(), keyed, Map.of()));
              await()
                  .atMost(Duration.ofMinutes(1))
                  .until(
                      () ->
                          plane.count(
                                  "select count(*) from pg_stat_activity where datname ="
                                      + " current_database() and wait_event_type = 'Lock'")
                              == 1);
              return submitted;
            });

    assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo(new Submitted(first, false));
    assertThat(plane.count("select count(*) from tasks")).isZero();
  }

  @Test
  void aVerbOnATaskThatHasLeftSaysSo() {
    UUID task = finishedTask(1);
    plane.shift("8 days");
    pruneAll(days(7));

    assertThatThrownBy(() -> verbs().rerun(task, Demo.ANNA))
        .isInstanceOf(UnknownTarget.class)
        .hasMessageContaining("was pruned at")
        .hasMessageContaining("only its receipt is left");
  }

  @Test
  void aRerunKnowsWhatItDoesAgainAfterThatHasLeft() {
    UUID old = finishedTask(1);
    UUID again = verbs().rerun(old, new By("user:anna", "once more")).task();
    plane.shift("8 days");
    pruneAll(days(7));

    assertThat(new HistoryReads(plane.database).rerunOf(again)).contains(old);
  }

  @Test
  void aPlanLeavesWithTheLastTaskThatReadsByIt() {
    finishedTask(1);
    plane
        .sql
        .sql(
            """
            with plan as (
              insert into plans (path, size, head_crc, tail_crc, modified_nanos, dialect, header,
                record_count, data_start, data_end, longest_record, record_index)
              values ('/a', 1, 1, 1, 1, '{}', '[]', 0, 0, 0, 0, '') returning plan_id)
            insert into step_plans (step_uuid, plan_id)
            select step_uuid, plan_id from plan, workflow_steps where name = 'plan'
            """)
        .update();
    assertThat(pruneAll(days(7)).plans()).isZero();
    plane.shift("8 days");

    assertThat(pruneAll(days(7)).plans()).isEqualTo(1);
  }

  /** The node dies right after each of the pieces; another one goes on where it was. */
  @Test
  void aPrunerThatDiesLeavesNothingHalfVisible() {
    UUID task = finishedTask(1200);
    plane.shift("8 days");
    int pieces = 0;

    for (Pruned piece = days(7).pruneSome(); !piece.isNothing(); piece = days(7).pruneSome()) {
      pieces++;
      assertThat(plane.views.find(task)).as("piece %d", pieces).isEmpty();
      assertThat(plane.views.receipt(task)).isPresent();
      assertThat(plane.views.newest(9)).isEmpty();
      assertThat(plane.count("select count(*) from task_gates")).isZero();
      assertThat(plane.count("select count(*) from task_transitions")).isZero();
    }

    assertThat(pieces).as("one for the task, three for its 1,203 steps").isEqualTo(4);
    assertThat(plane.count("select count(*) from workflow_steps")).isZero();
    assertThat(plane.count("select count(*) from step_transitions")).isZero();
    assertThat(plane.count("select count(*) from task_receipts where steps_left")).isZero();
  }

  @Test
  void oneNodePrunesAtATime() throws Exception {
    finishedTask(1);
    plane.shift("8 days");

    Pruned other =
        plane.database.commit(
            Fact.PRUNE_TASKS,
            () -> {
              plane
                  .database
                  .jdbc()
                  .sql(
                      "select pg_try_advisory_xact_lock(hashtextextended('bactrian retention', 0))")
                  .query(Boolean.class)
                  .single();
              return elsewhere(() -> days(7).pruneSome());
            });

    assertThat(other.isNothing()).as("somebody else was at it").isTrue();
    assertThat(days(7).pruneSome().tasks()).isEqualTo(1);
  }

  /** Ten thousand workers leave while a node claims and completes others. */
  @Test
  void claimsGoOnWhileTenThousandWorkersLeave() throws Exception {
    int workers = 10_000;
    finishedTask(workers);
    plane.shift("8 days");
    finishPlanning(2_000);
    claimAndComplete(500);
    long alone = claimAndComplete(500);
    var over = new AtomicBoolean();
    var waited = new AtomicInteger();
    CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> watch(over, waited));
    CompletableFuture<Pruned> pruner = CompletableFuture.supplyAsync(() -> pruneAll(days(7)));
    long beside = Math.max(claimAndComplete(500), claimAndComplete(500));

    Pruned pruned = pruner.get(5, TimeUnit.MINUTES);
    over.set(true);
    watcher.get(1, TimeUnit.MINUTES);

    assertThat(pruned.steps()).isEqualTo(workers + 3);
    assertThat(waited).as("waits for a lock").hasValue(0);
    assertThat(beside)
        .as("median nanoseconds of a claim beside the pruner; alone %d", alone)
        .isLessThan(10 * alone + TimeUnit.MILLISECONDS.toNanos(20));
    System.out.printf(
        "claim of 4: median %.2f ms alone, %.2f ms while %d steps are pruned%n",
        alone / 1e6, beside / 1e6, pruned.steps());
  }

  private void watch(AtomicBoolean over, AtomicInteger waited) {
    while (!over.get()) {
      waited.addAndGet(
          (int)
              plane.count(
                  "select count(*) from pg_stat_activity where datname = current_database()"
                      + " and wait_event_type = 'Lock'"));
    }
  }

  /** The median time of a claim of four steps. */
  private long claimAndComplete(int steps) {
    var times = new ArrayList<Long>();
    for (int i = 0; i < steps; i += 4) {
      long before = System.nanoTime();
      List<StepLease> claimed = claim(4);
      times.add(System.nanoTime() - before);
      assertThat(claimed).hasSize(4);
      claimed.forEach(this::complete);
    }
    times.sort(Long::compare);
    return times.get(times.size() / 2);
  }

  private static <T> T elsewhere(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work).get(1, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private Pruning days(int days) {
    return new Pruning(plane.database, new RetentionRules("", Optional.of(Duration.ofDays(days))));
  }

  private Pruned pruneAll(Pruning pruning) {
    return prune(pruning);
  }

  private static Pruned prune(Pruning pruning) {
    Pruned all = Pruned.NOTHING;
    for (Pruned some = pruning.pruneSome(); !some.isNothing(); some = pruning.pruneSome()) {
      all = all.plus(some);
    }
    return all;
  }

  private long rows() {
    return TABLES.stream().mapToLong(t -> plane.count("select count(*) from " + t)).sum();
  }

  private UUID finishedTask(int workers) {
    UUID task = plane.submit();
    finishPlanning(workers);
    finish(task);
    return task;
  }

  private void finishPlanning(int workers) {
    if (plane.count("select count(*) from workflow_steps where state = 'enqueued'") == 0) {
      plane.submit();
    }
    plane.outcomes.complete(
        claim(1).get(0), Map.of(), TestControlPlane.workers(workers, Optional.empty()));
  }

  private void finish(UUID task) {
    for (List<StepLease> claimed = claim(64); !claimed.isEmpty(); ) {
      claimed.forEach(this::complete);
      claimed = claim(64);
    }
    assertThat(plane.views.find(task).orElseThrow().state()).isEqualTo(TaskState.COMPLETE);
  }

  private List<StepLease> claim(int limit) {
    Set<String> routes = new TreeSet<>(TestControlPlane.ROUTES);
    routes.add("t/demo/1/tell");
    return plane.leases.claim(
        new Leases.Claim(plane.node, routes, Set.of(), false, TestControlPlane.TTL), limit);
  }

  private void complete(StepLease lease) {
    String name = lease.name().startsWith("work") ? "work" : lease.name();
    plane.outcomes.complete(lease, Map.of("said", name), NewWorkers.NONE);
  }

  private Submitted submit(
      Map<String, Object> definition, SubmitOptions options, Map<String, Object> context) {
    var template =
        new TaskTemplate(
            "t",
            "demo",
            "1",
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(tell()),
            definition,
            new TaskRules(IdentityStrategy.ALWAYS_UNIQUE, List.of()),
            "");
    return new Submission(plane.tasks)
        .submit(template, context, Path.of("/"), Optional.empty(), options);
  }

  private static StepTemplate tell() {
    return new StepTemplate(
        "tell",
        StepType.STANDARD,
        List.of(),
        "log:tell",
        Map.of(),
        new RetryPolicy(true, 3, Backoff.NONE, Duration.ZERO, 1, Duration.ZERO),
        Optional.empty(),
        FailureStrategy.CONTINUE_ON_FAILURE,
        WorkerRules.STANDARD);
  }

  private static SubmitOptions keyed(OnDuplicate policy) {
    return new SubmitOptions(Optional.of("order-7"), policy, 0, List.of(), Origin.of("test"));
  }

  private OperatorVerbs verbs() {
    var template =
        new TaskTemplate(
            "t",
            "demo",
            "1",
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(tell()),
            Map.of("a", 1));
    return new OperatorVerbs(
        plane.database,
        (lease, result) -> NewWorkers.NONE,
        new Reruns(new Submission(plane.tasks), reference -> Optional.of(template)));
  }
}
