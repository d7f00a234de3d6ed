package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.StepLease;
import io.bactrian.task.Retention.Pruned;
import java.util.ArrayList;
import java.util.List;
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

/** Tasks leave in pieces, beside all else that happens. */
final class PruningTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final FinishedTasks tasks = new FinishedTasks(plane);

  @AfterEach
  void close() {
    plane.close();
  }

  /** The node dies right after each of the pieces; another one goes on where it was. */
  @Test
  void aPrunerThatDiesLeavesNothingHalfVisible() {
    UUID task = tasks.finishedTask(1200);
    plane.shift("8 days");
    int pieces = 0;

    for (Pruned piece = tasks.days(7).pruneSome();
        !piece.isNothing();
        piece = tasks.days(7).pruneSome()) {
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
    tasks.finishedTask(1);
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
              return elsewhere(() -> tasks.days(7).pruneSome());
            });

    assertThat(other.isNothing()).as("somebody else was at it").isTrue();
    assertThat(tasks.days(7).pruneSome().tasks()).isEqualTo(1);
  }

  /** Ten thousand workers leave while a node claims and completes others. */
  @Test
  void claimsGoOnWhileTenThousandWorkersLeave() throws Exception {
    int workers = 10_000;
    tasks.finishedTask(workers);
    plane.shift("8 days");
    tasks.finishPlanning(2_000);
    claimAndComplete(500);
    long alone = claimAndComplete(500);
    var over = new AtomicBoolean();
    var waited = new AtomicInteger();
    CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> watch(over, waited));
    CompletableFuture<Pruned> pruner =
        CompletableFuture.supplyAsync(() -> FinishedTasks.prune(tasks.days(7)));
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
      List<StepLease> claimed = tasks.claim(4);
      times.add(System.nanoTime() - before);
      assertThat(claimed).hasSize(4);
      claimed.forEach(tasks::complete);
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
}
