package io.bactrian.store;

import static io.bactrian.store.Demo.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.step.LeaseLost;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.Effect;
import io.bactrian.task.TaskState;
import io.bactrian.task.VerbRefused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verbs of operators on whole tasks, also while their steps run. */
final class TaskVerbsTest {
  private final Map<Fact, Runnable> before = new ConcurrentHashMap<>();
  private final CommitHook hook =
      new CommitHook() {
        @Override
        public void before(Fact fact) {
          Optional.ofNullable(before.remove(fact)).ifPresent(Runnable::run);
        }
      };
  private final DatabaseAddress address = TestDatabase.create();
  private final Scene scene = new Scene(Database.open(() -> address, 6, hook));
  private final Demo demo = scene.demo;
  private final OperatorVerbs verbs = scene.verbs;

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void cancelEndsTheTaskAndStopsWhatRuns() {
    List<StepLease> workers = demo.claimWorkers(2, "continue_on_failure");
    demo.complete(workers.get(0));

    Effect effect = verbs.cancel(demo.task, ANNA);

    assertThat(effect.after()).isEqualTo(TaskState.CANCELLED);
    assertThat(demo.names(StepState.CANCELLED)).containsExactly("work_2", "total", "tell");
    assertThat(demo.find().counts().done()).isEqualTo(demo.find().counts().total());
    assertThatThrownBy(() -> demo.complete(workers.get(1))).isInstanceOf(LeaseLost.class);
    assertThat(demo.claim(9)).isEmpty();
  }

  @Test
  void cancelAlsoEndsWorkersThatAreBeingCreatedAtThatMoment() {
    StepLease plan = demo.claimOne();
    var cancelling = new AtomicReference<CompletableFuture<Effect>>();
    before.put(
        Fact.COMPLETE, () -> cancelling.set(whileWaiting(() -> verbs.cancel(demo.task, ANNA))));
    demo.outcomes.complete(plan, Map.of(), Demo.workers(3, "continue_on_failure"));

    assertThat(Objects.requireNonNull(cancelling.get()).join().after())
        .isEqualTo(TaskState.CANCELLED);
    assertThat(demo.names(StepState.CANCELLED))
        .containsExactly("work_1", "work_2", "work_3", "total", "tell");
  }

  /** Starts work in another thread and comes back when it waits for a lock. */
  private CompletableFuture<Effect> whileWaiting(Supplier<Effect> work) {
    var working = CompletableFuture.supplyAsync(work);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                demo.one(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
                        Integer.class)
                    > 0);
    return working;
  }

  @Test
  void aStateThatChangesWhileTheCountsAreWaitedForIsSeen() {
    List<StepLease> workers = demo.claimWorkers(2, "continue_on_failure");
    demo.fail(workers.get(0));
    var retrying = new AtomicReference<CompletableFuture<Effect>>();
    before.put(
        Fact.RETRY_LATER, () -> retrying.set(whileWaiting(() -> verbs.retry(demo.task, ANNA))));
    demo.outcomes.retryLater(workers.get(1), new StepError("E", "no", true), Duration.ofHours(1));

    Objects.requireNonNull(retrying.get()).join();
    assertThat(demo.state()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(demo.claimOne().name()).isEqualTo("work_1");
  }

  @Test
  void aTaskResolvedByHandIsSettled() {
    demo.claimWorkers(2, "continue_on_failure").forEach(demo::fail);

    assertThat(verbs.resolve(demo.task, ANNA).after()).isEqualTo(TaskState.RESOLVED_MANUALLY);
    assertThat(demo.names(StepState.CANCELLED)).hasSize(4);
  }

  @Test
  void nothingOfAPausedTaskIsClaimedAndUnpausedItGoesOn() {
    assertThat(verbs.pause(demo.task, ANNA).after()).isEqualTo(TaskState.PAUSED);
    assertThat(demo.claim(9)).isEmpty();

    assertThat(verbs.unpause(demo.task, ANNA).after()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(demo.claim(9)).hasSize(1);
  }

  @Test
  void aStepThatEndsWhileItsTaskIsPausedCounts() {
    StepLease plan = demo.claimOne();
    verbs.pause(demo.task, ANNA);
    demo.fail(plan);
    assertThat(demo.state()).isEqualTo(TaskState.PAUSED);

    assertThat(verbs.unpause(demo.task, ANNA).after()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
  }

  @Test
  void aRerunIsANewTaskOfTheSameContextLinkedToTheOld() {
    demo.workOff();

    Effect effect = verbs.rerun(demo.task, ANNA);

    assertThat(effect.task()).isNotEqualTo(demo.task);
    assertThat(demo.history.rerunOf(effect.task())).contains(demo.task);
    assertThat(demo.history.rerunOf(demo.task)).isEmpty();
    assertThat(demo.views.find(effect.task()).orElseThrow().context())
        .isEqualTo(Map.of("file", "x"));
    assertThat(demo.history.newest(effect.task(), 9).get(0).reason())
        .isEqualTo("rerun of %s: the feed is mended".formatted(demo.task));
  }

  @Test
  void twoOperatorsAtOnceDoNotRetryTwice() {
    demo.claimWorkers(2, "continue_on_failure").forEach(demo::fail);
    var both =
        List.of(1, 2).stream().map(i -> CompletableFuture.supplyAsync(this::retried)).toList();

    assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
    assertThat(demo.find().counts().ready()).isEqualTo(2);
  }

  private boolean retried() {
    try {
      verbs.retry(demo.task, ANNA);
      return true;
    } catch (VerbRefused e) {
      return false;
    }
  }
}
