package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.task.TaskState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which steps come into being by decisions, on a real database, and in which order they run. {@link
 * TaskRun} checks each step's parents and all edges; here stands what is special.
 */
final class DecisionsTest {
  private static final Database DATABASE = TestDatabase.open();
  private static final long SEED = 7;

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void whichStepsExistBeforeAnyDecisionIsMade() {
    TaskRun run = TaskRun.of(DATABASE, SEED, APPROVAL);

    assertThat(run.steps()).containsExactly("validate", "route");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "manager", "finance", "manager finance"})
  void onlyTheChosenBranchesAreCreatedAndTheConvergenceWaitsForThem(String chosen) {
    String[] names = chosen.split(" ", -1);
    TaskRun run = TaskRun.of(DATABASE, SEED, APPROVAL).decides("route", names).toTheEnd();

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
    TaskRun run = TaskRun.of(DATABASE, SEED, APPROVAL).decides("route").toTheEnd();

    assertThat(run.steps()).containsExactly("validate", "route");
    assertThat(run.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void aConvergenceWithAFurtherDependencyRunsEvenWithoutBranches() {
    TaskRun run =
        TaskRun.of(
                DATABASE,
                SEED,
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
        TaskRun.of(
                DATABASE,
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
        TaskRun.of(
                DATABASE,
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
        TaskRun.of(
                DATABASE,
                SEED,
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
        TaskRun.of(
                DATABASE,
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
        TaskRun.of(
                DATABASE,
                SEED,
                "one decision",
                "two decision",
                "a standard one",
                "b standard two",
                "join standard a b")
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
        TaskRun.of(
                DATABASE,
                SEED,
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
        TaskRun.of(
                DATABASE,
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

  private static final String[] APPROVAL = {
    "validate standard",
    "route decision validate",
    "auto standard route",
    "manager standard route",
    "finance standard route",
    "finish deferred_convergence auto manager finance",
    "tell standard finish"
  };

  private static void assertBefore(TaskRun run, String... names) {
    assertThat(run.order()).containsSubsequence(List.of(names));
  }
}
