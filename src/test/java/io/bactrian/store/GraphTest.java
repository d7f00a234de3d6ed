package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.task.TaskState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Graphs of every shape, on a real database: which steps come into being and in which order they
 * run. {@link TaskRun} checks each step's parents and all edges; here stands what is special.
 */
final class GraphTest {
  private static final Database DATABASE = TestDatabase.open();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aLineRunsInItsOrder() {
    TaskRun run = run("a standard", "b standard a", "c standard b", "d standard c").toTheEnd();

    assertThat(run.order()).containsExactly("a", "b", "c", "d");
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDiamondJoinsOnce(long seed) {
    TaskRun run =
        run(seed, "a standard", "b standard a", "c standard a", "d standard b c").toTheEnd();

    assertThat(run.order()).hasSize(4).startsWith("a").endsWith("d");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aTreeRunsParentsFirst(long seed) {
    TaskRun run =
        run(
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
        run(
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
        run(
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
        run(
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
        run(
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
        run(
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

  @Test
  void whichStepsExistBeforeAnyDecisionIsMade() {
    TaskRun run = run(APPROVAL);

    assertThat(run.steps()).containsExactly("validate", "route");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "manager", "finance", "manager finance"})
  void onlyTheChosenBranchesAreCreatedAndTheConvergenceWaitsForThem(String chosen) {
    String[] names = chosen.split(" ", -1);
    TaskRun run = run(APPROVAL).decides("route", names).toTheEnd();

    assertThat(run.steps())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("validate", "route", "finish", "tell"), Stream.of(names))
                .toList());
    assertThat(run.expected("finish")).isEqualTo(names.length);
    assertBefore(run, "route", names[0], "finish", "tell");
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void withoutBranchesNothingBehindTheDecisionIsCreatedAndTheTaskEnds() {
    TaskRun run = run(APPROVAL).decides("route").toTheEnd();

    assertThat(run.steps()).containsExactly("validate", "route");
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void aConvergenceWithAFurtherDependencyRunsEvenWithoutBranches() {
    TaskRun run =
        run(
                "load standard",
                "route decision",
                "a standard route",
                "b standard route",
                "finish deferred_convergence a b load")
            .decides("route")
            .toTheEnd();

    assertThat(run.steps()).containsExactly("load", "route", "finish");
    assertThat(run.expected("finish")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDecisionMayPickOneOfTwoBatchables(long seed) {
    TaskRun run =
        run(
                seed,
                "route decision",
                "small batchable route",
                "large batchable route",
                "ws batch_worker small",
                "wl batch_worker large",
                "total deferred_convergence ws wl",
                "tell standard total")
            .decides("route", "large")
            .divides("large", "wl", 3)
            .toTheEnd();

    assertThat(run.steps())
        .containsExactly("route", "large", "wl_001", "wl_002", "wl_003", "total", "tell");
    assertThat(run.expected("total")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aConvergenceOverABranchAndOverWorkersThatMayExistAlreadyCountsThemAll(long seed) {
    TaskRun run =
        run(
                seed,
                "plan batchable",
                "work batch_worker plan",
                "route decision",
                "check standard route",
                "total deferred_convergence work check")
            .decides("route", "check")
            .divides("plan", "work", 4)
            .toTheEnd();

    assertThat(run.order()).hasSize(8).endsWith("total");
    assertThat(run.expected("total")).as("only workers are folded").isEqualTo(4);
  }

  @Test
  void aConvergenceCreatedAfterTheWorkersStillFoldsThem() {
    TaskRun run =
        run(
                "plan batchable",
                "work batch_worker plan",
                "route decision",
                "check standard route",
                "total deferred_convergence work check")
            .decides("route", "check")
            .divides("plan", "work", 4)
            .until("route");
    assertThat(run.order()).contains("work_004").doesNotContain("route");

    run.toTheEnd();

    assertThat(run.expected("total")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void decisionsMayBeNested(long seed) {
    TaskRun run =
        run(
                seed,
                "outer decision",
                "a standard outer",
                "inner decision outer",
                "x standard inner",
                "y standard inner",
                "z standard x",
                "join standard a y z")
            .decides("outer", "a", "inner")
            .decides("inner", "x")
            .toTheEnd();

    assertThat(run.steps()).containsExactly("outer", "a", "inner", "x", "z", "join");
    assertBefore(run, "outer", "inner", "x", "z", "join");
  }

  @Test
  void aJoinOfTwoDecisionsWaitsUntilBothAreMade() {
    TaskRun run =
        run("one decision", "two decision", "a standard one", "b standard two", "join standard a b")
            .decides("one", "a")
            .decides("two")
            .until("two");
    assertThat(run.steps()).doesNotContain("join");

    run.toTheEnd();

    assertThat(run.steps()).containsExactly("one", "two", "a", "join");
  }

  @Test
  void whatLiesBetweenADecisionAndANamedStepIsCreatedToo() {
    TaskRun run =
        run(
                "route decision",
                "a standard route",
                "b standard a",
                "c standard b",
                "o standard route")
            .decides("route", "c")
            .toTheEnd();

    assertThat(run.order()).containsExactly("route", "a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void workersMayWaitForAStepThatADecisionOfAnotherPathLetsBe(long seed) {
    TaskRun run =
        run(
                seed,
                "plan batchable",
                "outer decision",
                "inner decision outer",
                "gate standard inner",
                "work batch_worker plan gate",
                "total deferred_convergence work")
            .divides("plan", "work", 2)
            .decides("outer", "inner")
            .decides("inner", "gate")
            .toTheEnd();

    assertThat(run.order()).hasSize(7).endsWith("total");
    assertBefore(run, "gate", "work_001", "total");
    assertBefore(run, "gate", "work_002", "total");
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

    TaskRun run = new TaskRun(DATABASE, yaml, 7).divides("plan", "work", 0).toTheEnd();

    assertThat(run.order()).containsExactly("plan", "work_000", "total");
    assertThat(run.expected("total")).isZero();
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  private static final String[] APPROVAL = {
    "validate standard",
    "route decision validate",
    "auto standard route",
    "manager standard route",
    "finance standard route",
    "finish deferred_convergence auto manager finance",
    "tell standard finish"
  };

  private static TaskRun run(String... steps) {
    return run(7, steps);
  }

  /** Each step in one line: name, type, dependencies. */
  private static TaskRun run(long seed, String... steps) {
    var yaml = new StringBuilder("name: t\nnamespace_name: n\nversion: '1'\nsteps:\n");
    for (String step : steps) {
      String[] words = step.split(" ", 3);
      yaml.append(
          "- {name: %s, type: %s, dependencies: [%s], handler: {callable: h}}%n"
              .formatted(words[0], words[1], words.length < 3 ? "" : words[2].replace(" ", ", ")));
    }
    return new TaskRun(DATABASE, yaml.toString().toLowerCase(Locale.ROOT), seed);
  }

  private static void assertBefore(TaskRun run, String... names) {
    assertThat(run.order()).containsSubsequence(List.of(names));
  }
}
