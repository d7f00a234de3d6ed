package io.bactrian.store;

import static io.bactrian.store.Demo.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.Expansion;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepResult;
import io.bactrian.step.StepState;
import io.bactrian.task.Effect;
import io.bactrian.task.Reruns;
import io.bactrian.task.Submission;
import io.bactrian.task.TaskState;
import io.bactrian.task.UnknownTarget;
import io.bactrian.task.VerbRefused;
import io.bactrian.template.Backoff;
import io.bactrian.template.FailureStrategy;
import io.bactrian.template.RetryPolicy;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.WorkerRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verbs of operators on steps, and what none of them does. */
final class OperatorVerbsTest {
  private final Demo demo = new Demo();
  private final TaskTemplate template =
      new TaskTemplate(
          "demo",
          "t",
          "1",
          "",
          Optional.empty(),
          Optional.empty(),
          List.of(
              new StepTemplate(
                  "tell",
                  StepType.STANDARD,
                  List.of(),
                  "log:tell",
                  Map.of(),
                  new RetryPolicy(true, 3, Backoff.NONE, Duration.ZERO, 1, Duration.ZERO),
                  Optional.empty(),
                  FailureStrategy.CONTINUE_ON_FAILURE,
                  WorkerRules.STANDARD)),
          Map.of("a", 1));
  private final OperatorVerbs verbs =
      new OperatorVerbs(
          demo.database,
          OperatorVerbsTest::created,
          new Reruns(
              new Submission(demo.tasks),
              reference -> Optional.of(template).filter(t -> reference.equals(t.reference()))));

  private static Expansion created(StepLease lease, Map<String, Object> result) {
    if (result.containsKey("bad")) {
      throw new PermanentFailure("bad is not allowed");
    }
    return lease.templateStep().equals("plan") && result.containsKey("workers")
        ? Demo.workers(2, "continue_on_failure")
        : NewWorkers.NONE;
  }

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void retryMakesFailedStepsReadyWithTheirAttemptsGivenAnew() {
    for (int attempt = 1; attempt < 3; attempt++) {
      demo.outcomes.retryLater(
          demo.claimOne(), new StepError("E", "no", true), Duration.ofSeconds(1));
      demo.shift("2 seconds");
      demo.tasks.retryDue();
    }
    demo.fail(demo.claimOne());
    assertThat(demo.state()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);

    Effect effect = verbs.retry(demo.task, ANNA);

    assertThat(effect.before()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(effect.after()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(effect.steps()).containsExactly("plan");
    assertThat(demo.step("plan").maxAttempts()).as("3 were used, 3 more").isEqualTo(6);
    assertThat(demo.claimOne().attempt()).isEqualTo(4);
    assertThat(demo.history.newest(demo.task, 100))
        .filteredOn(t -> t.actor().equals("user:anna"))
        .extracting(t -> (t.step().isEmpty() ? "task" : t.step()) + " " + t.to() + " " + t.reason())
        .containsExactlyInAnyOrder(
            "plan enqueued the feed is mended", "task steps_in_process the feed is mended");
  }

  @Test
  void aSecondRetryGivesTheSameBudgetAgain() {
    demo.fail(demo.claimOne());
    verbs.retry(demo.task, ANNA);
    assertThat(demo.step("plan").maxAttempts()).isEqualTo(4);
    demo.fail(demo.claimOne());
    verbs.retry(demo.task, ANNA);
    assertThat(demo.step("plan").maxAttempts()).isEqualTo(5);
  }

  @Test
  void retryOfOneStepLeavesTheOtherFailedOnesAlone() {
    demo.claimWorkers(3, "continue_on_failure").forEach(demo::fail);

    Effect effect = verbs.retry(demo.task, demo.step("work_2").uuid().toString(), ANNA);

    assertThat(effect.steps()).containsExactly("work_2");
    assertThat(demo.names(StepState.ERROR)).containsExactly("work_1", "work_3");
    assertThat(demo.names(StepState.ENQUEUED)).containsExactly("work_2");
  }

  @Test
  void retryOfAStepThatWaitsMakesItReadyNow() {
    demo.outcomes.retryLater(demo.claimOne(), new StepError("E", "no", true), Duration.ofHours(1));

    verbs.retry(demo.task, "plan", ANNA);

    assertThat(demo.state()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(demo.claimOne().attempt()).isEqualTo(2);
  }

  @Test
  void aResolvedWorkerHasNoResultAndTheConvergenceExpectsNone() {
    List<StepLease> workers = demo.claimWorkers(3, "continue_on_failure");
    demo.complete(workers.get(0));
    demo.complete(workers.get(2));
    demo.fail(workers.get(1));

    Effect effect = verbs.resolve(demo.task, "work_2", ANNA);

    assertThat(effect.after()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(demo.step("work_2").state()).isEqualTo(StepState.RESOLVED_MANUALLY);
    StepLease total = demo.claimOne();
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.expected()).isEqualTo(2);
    assertThat(new ResultReads(demo.database).of(demo.task, Set.of("work")).workers("work"))
        .extracting(StepResult::name)
        .containsExactly("work_1", "work_3");
  }

  @Test
  void aWorkerCompletedByHandIsFoldedLikeAnyOther() {
    demo.claimWorkers(1, "continue_on_failure").forEach(demo::fail);

    verbs.complete(demo.task, "work_1", Map.of("rows", 7), ANNA);

    StepLease total = demo.claimOne();
    assertThat(total.expected()).isEqualTo(1);
    assertThat(new ResultReads(demo.database).of(demo.task, Set.of("work")).workers("work"))
        .extracting(StepResult::result)
        .containsExactly(Map.of("rows", 7));
    assertThat(demo.step("work_1").results().orElseThrow().get("metadata"))
        .isEqualTo(Map.of("completed_by", "user:anna", "reason", "the feed is mended"));
  }

  @Test
  void aPlanningStepCompletedByHandCreatesItsWorkers() {
    demo.fail(demo.claimOne());

    Effect effect = verbs.complete(demo.task, "plan", Map.of("workers", 2), ANNA);

    assertThat(effect.after()).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(demo.names(StepState.ENQUEUED)).containsExactly("work_1", "work_2");
    assertThat(demo.names(StepState.PENDING)).containsExactly("total", "tell");
    demo.workOff();
    assertThat(demo.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void aResultByHandIsCheckedLikeAHandlersAnswer() {
    demo.fail(demo.claimOne());

    assertThatThrownBy(() -> verbs.complete(demo.task, "plan", Map.of("bad", 1), ANNA))
        .isInstanceOf(PermanentFailure.class);
    assertThat(demo.names(StepState.ERROR)).containsExactly("plan");
  }

  @Test
  void whatIsNotPossibleSaysWhatWasFoundAndWhatIsAllowed() {
    refused(() -> verbs.retry(demo.task, ANNA), "is steps_in_process, is in error");
    refused(() -> verbs.retry(demo.task, "plan", ANNA), "step plan is enqueued; allowed: error");
    refused(() -> verbs.resolve(demo.task, "plan", ANNA), "step plan is enqueued; allowed: error");
    refused(() -> verbs.complete(demo.task, "tell", Map.of(), ANNA), "step tell is pending");
    refused(() -> verbs.unpause(demo.task, ANNA), "is steps_in_process; allowed: paused");
    refused(() -> verbs.rerun(demo.task, ANNA), "is steps_in_process; allowed: complete");
    verbs.pause(demo.task, ANNA);
    refused(() -> verbs.pause(demo.task, ANNA), "is paused; allowed: pending");
    verbs.cancel(demo.task, ANNA);
    refused(() -> verbs.cancel(demo.task, ANNA), "is cancelled; allowed: pending");
    refused(() -> verbs.retry(demo.task, ANNA), "is cancelled; allowed: pending");
  }

  private static void refused(ThrowingCallable verb, String message) {
    assertThatThrownBy(verb).isInstanceOf(VerbRefused.class).hasMessageContaining(message);
  }

  @Test
  void whatDoesNotExistIsUnknown() {
    var nobody = UUID.randomUUID();
    assertThatThrownBy(() -> verbs.cancel(nobody, ANNA)).isInstanceOf(UnknownTarget.class);
    assertThatThrownBy(() -> verbs.complete(nobody, "x", Map.of(), ANNA))
        .isInstanceOf(UnknownTarget.class);
    assertThatThrownBy(() -> verbs.retry(demo.task, "plam", ANNA))
        .isInstanceOf(UnknownTarget.class)
        .hasMessageContaining("has no step plam");
  }

  @Test
  void whoServesATaskIsKnown() {
    demo.fail(demo.claimOne());
    assertThat(verbs.retry(demo.task, ANNA).needsNode()).isTrue();
    new NodeRouteTable(demo.database).announce(demo.node, Set.of("demo/t/1/plan"));
    demo.fail(demo.claimOne());
    assertThat(verbs.retry(demo.task, ANNA).needsNode()).isFalse();
    demo.nodes.bury(demo.node);
    demo.damage("update workflow_steps set state = 'error' where name = 'plan'");
    demo.damage("update task_gates set ready = 0, failed = 1");
    assertThat(verbs.retry(demo.task, ANNA).needsNode()).isTrue();
  }
}
