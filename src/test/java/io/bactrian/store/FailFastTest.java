package io.bactrian.store;

import static io.bactrian.store.Demo.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.LeaseLost;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.Effect;
import io.bactrian.task.StepCounts;
import io.bactrian.task.TaskState;
import io.bactrian.template.StepType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the error of one worker means for the others, and how they come back. */
final class FailFastTest {
  private final Demo demo = new Demo();
  private final OperatorVerbs verbs = demo.verbs();

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void siblingsGoOnUnlessTheTemplateSaysOtherwise() {
    List<StepLease> workers = demo.claimWorkers(3, "continue_on_failure");
    demo.fail(workers.get(0));

    assertThat(demo.names(StepState.IN_PROGRESS)).containsExactly("work_2", "work_3");
    assertThat(demo.state()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    demo.complete(workers.get(1));
    demo.complete(workers.get(2));
    assertThat(demo.state()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
  }

  @Test
  void aWorkersErrorCancelsWhatHasNotStartedAndStopsWhatRuns() {
    demo.outcomes.complete(demo.claimOne(), Map.of(), Demo.workers(4, "fail_fast"));
    List<StepLease> running = demo.claim(3);
    demo.complete(running.get(2));
    demo.fail(running.get(0));

    assertThat(demo.names(StepState.CANCELLED)).containsExactly("work_2", "work_4");
    assertThat(demo.names(StepState.COMPLETE)).containsExactly("plan", "work_3");
    assertThat(demo.names(StepState.PENDING)).containsExactly("total", "tell");
    assertThat(demo.state()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(demo.find().counts()).isEqualTo(new StepCounts(2, 0, 0, 1, 4));
    assertThatThrownBy(() -> demo.complete(running.get(1))).isInstanceOf(LeaseLost.class);
    assertThat(demo.step("work_2").attempts()).as("being stopped is no attempt").isZero();
    assertThat(demo.history.newest(demo.task, 100))
        .filteredOn(t -> t.to().equals("cancelled"))
        .hasSize(2)
        .allMatch(t -> t.reason().equals("fail_fast: work_1 is in error"));
  }

  @Test
  void aRetryBringsTheCancelledBackAndTheTaskEnds() {
    List<StepLease> running = demo.claimWorkers(4, "fail_fast");
    demo.fail(running.get(0));

    Effect effect = verbs.retry(demo.task, ANNA);

    assertThat(effect.steps()).containsExactly("work_1", "work_2", "work_3", "work_4");
    assertThat(effect.after()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(demo.find().counts()).isEqualTo(new StepCounts(2, 4, 0, 0, 1));
    demo.workOff();
    assertThat(demo.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void theCancelledComeBackOnlyWhenTheLastErrorIsMended() {
    List<StepLease> running = demo.claimWorkers(3, "fail_fast");
    demo.fail(running.get(0));
    demo.damage(
        """
        update workflow_steps set state = 'error', completed_at = null where name = 'work_2'
        """);
    demo.damage("update task_gates set done = done - 1, failed = failed + 1");

    assertThat(verbs.retry(demo.task, "work_1", ANNA).steps()).containsExactly("work_1");
    assertThat(verbs.resolve(demo.task, "work_2", ANNA).steps())
        .containsExactly("work_2", "work_3");
    demo.workOff();
    assertThat(demo.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void workersThatFailAtTheSameTimeStopEachOtherWithoutADeadlock() {
    List<StepLease> running = demo.claimWorkers(4, "fail_fast");
    var failing =
        running.stream().map(l -> CompletableFuture.runAsync(() -> failOrLose(l))).toList();
    failing.forEach(CompletableFuture::join);

    assertThat(demo.names(StepState.ERROR)).hasSize(1);
    assertThat(demo.names(StepState.CANCELLED)).hasSize(3);
    assertThat(demo.state()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
  }

  private void failOrLose(StepLease lease) {
    try {
      demo.fail(lease);
    } catch (LeaseLost e) {
      assertThat(e.stepUuid()).isEqualTo(lease.stepUuid());
    }
  }

  @Test
  void theErrorOfAnyOtherStepStopsWhatDoesNotDependOnIt() {
    demo.workOff();
    var other = UUID.randomUUID();
    demo.submit(
        other,
        Demo.step("plan", StepType.STANDARD, 0, true, List.of()),
        Demo.step("tell", StepType.STANDARD, 1, false, List.of("plan")),
        Demo.step("work", StepType.STANDARD, 2, false, List.of()),
        Demo.step("total", StepType.STANDARD, 3, false, List.of("work")));
    StepLease plan =
        demo.claim(9).stream().filter(l -> l.name().equals("plan")).findFirst().orElseThrow();
    demo.fail(plan);

    assertThat(demo.views.steps(other))
        .extracting(s -> s.name() + " " + s.state().word())
        .containsExactly("plan error", "tell pending", "work cancelled", "total cancelled");
    verbs.retry(other, ANNA);
    assertThat(demo.views.steps(other))
        .extracting(s -> s.name() + " " + s.state().word())
        .containsExactly("plan enqueued", "tell pending", "work enqueued", "total pending");
    demo.workOff();
    assertThat(demo.views.find(other).orElseThrow().state()).isEqualTo(TaskState.COMPLETE);
  }
}
