package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Graphs of every shape, on a real database: in which order their steps run. {@link TaskRun} checks
 * each step's parents and all edges; here stands what is special.
 */
final class GraphTest {
  private static final Database DATABASE = TestDatabase.open();
  private static final long SEED = 7;

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aLineRunsInItsOrder() {
    TaskRun run =
        TaskRun.of(DATABASE, SEED, "a standard", "b standard a", "c standard b", "d standard c")
            .toTheEnd();

    assertThat(run.order()).containsExactly("a", "b", "c", "d");
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDiamondJoinsOnce(long seed) {
    TaskRun run =
        TaskRun.of(DATABASE, seed, "a standard", "b standard a", "c standard a", "d standard b c")
            .toTheEnd();

    assertThat(run.order()).hasSize(4).startsWith("a").endsWith("d");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aTreeRunsParentsFirst(long seed) {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                seed,
                "root standard",
                "l standard root",
                "r standard root",
                "ll standard l",
                "lr standard l",
                "rl standard r",
                "rr standard r")
            .toTheEnd();

    assertThat(run.order()).hasSize(7).startsWith("root");
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void twoBatchablesInSeriesAndTwoStepsAfterTheConvergence(long seed) {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                seed,
                "plan1 batchable",
                "work1 batch_worker plan1",
                "total1 deferred_convergence work1",
                "plan2 batchable total1",
                "work2 batch_worker plan2",
                "total2 deferred_convergence work2",
                "tell standard total2",
                "file standard total2")
            .divides("plan1", "work1", 3)
            .divides("plan2", "work2", 2)
            .toTheEnd();

    assertThat(run.order()).hasSize(11);
    assertBefore(run, "work1_003", "total1", "plan2", "work2_001", "total2", "tell");
    assertThat(run.expected("total1")).isEqualTo(3);
    assertThat(run.expected("total2")).isEqualTo(2);
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aConvergenceOverTheWorkersOfTwoParallelBatchablesAndAnotherStep(long seed) {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                seed,
                "left batchable",
                "right batchable",
                "rates standard",
                "wl batch_worker left",
                "wr batch_worker right",
                "total deferred_convergence wl wr rates")
            .divides("left", "wl", 4)
            .divides("right", "wr", 2)
            .toTheEnd();

    assertThat(run.order()).hasSize(10).endsWith("total");
    assertThat(run.expected("total")).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneOfTwoBatchablesMayHaveNothingToDo(long seed) {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                seed,
                "left batchable",
                "right batchable",
                "wl batch_worker left",
                "wr batch_worker right",
                "total deferred_convergence wl wr")
            .divides("left", "wl", 0)
            .divides("right", "wr", 2)
            .toTheEnd();

    assertThat(run.steps()).containsExactly("left", "right", "wr_001", "wr_002", "total");
    assertThat(run.expected("total")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void workersMayFeedAnotherBatchable(long seed) {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                seed,
                "split batchable",
                "load batch_worker split",
                "plan batchable load",
                "work batch_worker plan",
                "total deferred_convergence work")
            .divides("split", "load", 3)
            .divides("plan", "work", 2)
            .toTheEnd();

    assertThat(run.order()).hasSize(8).startsWith("split").endsWith("total");
    assertBefore(run, "load_003", "plan", "work_001", "total");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void workersMayWaitForTheWorkersOfAnotherBatchable(long seed) {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                seed,
                "plan1 batchable",
                "plan2 batchable",
                "first batch_worker plan1",
                "second batch_worker plan2 first",
                "total deferred_convergence second")
            .divides("plan1", "first", 3)
            .divides("plan2", "second", 2)
            .toTheEnd();

    assertThat(run.order()).hasSize(8).endsWith("total");
    assertThat(run.expected("total")).isEqualTo(2);
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "work"})
  void aPlaceholderStandsWhereThereAreNoBatchesAndIsNotFolded(String saysSo) {
    String yaml =
        """
        name: t
        namespace_name: n
        version: '1'
        steps:
        - {name: plan, type: batchable, PLAN handler: {callable: h}}
        - {name: work, type: batch_worker, dependencies: [plan], WORK handler: {callable: h}}
        - {name: total, type: deferred_convergence, dependencies: [work], handler: {callable: h}}
        """
            .replace("PLAN", saysSo.equals("plan") ? "on_no_batches: placeholder," : "")
            .replace("WORK", saysSo.equals("work") ? "on_no_batches: placeholder," : "");

    TaskRun run = new TaskRun(DATABASE, yaml, SEED).divides("plan", "work", 0).toTheEnd();

    assertThat(run.order()).containsExactly("plan", "work_000", "total");
    assertThat(run.expected("total")).isZero();
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  private static void assertBefore(TaskRun run, String... names) {
    assertThat(run.order()).containsSubsequence(List.of(names));
  }
}
