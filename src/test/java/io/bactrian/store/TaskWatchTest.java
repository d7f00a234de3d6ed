package io.bactrian.store;

import static io.bactrian.store.Demo.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks on which nothing happens any more: mended where that is possible, reported where not. */
final class TaskWatchTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Demo demo = new Demo();

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void aTaskThatWorksIsLeftAlone() {
    StepLease plan = demo.claimOne();

    assertThat(demo.watch.mendStuck()).isZero();
    demo.outcomes.complete(plan, Map.of(), NewWorkers.NONE);
    assertThat(demo.watch.mendStuck()).isZero();
    demo.workOff();
    assertThat(demo.watch.mendStuck()).isZero();
    assertThat(letters()).isEmpty();
  }

  @Test
  void aGateThatCountsTooManyParentsIsMended() {
    demo.damage("update step_gates set pending = pending + 1");
    demo.outcomes.complete(demo.claimOne(), Map.of(), NewWorkers.NONE);
    assertThat(demo.claim(9)).as("nobody knows that total is free").isEmpty();
    assertThat(demo.state()).isEqualTo(TaskState.STEPS_IN_PROCESS);

    assertThat(demo.watch.mendStuck()).isEqualTo(1);

    assertThat(demo.names(StepState.ENQUEUED)).containsExactly("total");
    demo.workOff();
    assertThat(demo.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void whatAConvergenceExpectsIsMendedToo() {
    List<StepLease> workers = demo.claimWorkers(3, "continue_on_failure");
    demo.damage("update step_gates set pending = pending + 1, expected = 9");
    workers.forEach(demo::complete);

    assertThat(demo.watch.mendStuck()).isEqualTo(1);

    assertThat(demo.claimOne().expected()).isEqualTo(3);
  }

  @Test
  void aGateThatIsGoneIsMadeAnew() {
    demo.damage("delete from step_gates");
    demo.outcomes.complete(demo.claimOne(), Map.of(), NewWorkers.NONE);

    assertThat(demo.watch.mendStuck()).isEqualTo(1);
    assertThat(demo.names(StepState.ENQUEUED)).containsExactly("total");
    assertThat(demo.names(StepState.PENDING)).containsExactly("tell");
  }

  @Test
  void nodesThatWatchAtOnceMendOnce() {
    demo.damage("update step_gates set pending = pending + 1");
    demo.outcomes.complete(demo.claimOne(), Map.of(), NewWorkers.NONE);

    var watching =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(demo.watch::mendStuck))
            .toList();
    watching.forEach(CompletableFuture::join);

    assertThat(demo.find().counts().ready()).isEqualTo(1);
    assertThat(demo.find().counts().total()).isEqualTo(3);
    demo.workOff();
    assertThat(demo.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void stepsThatWaitForEachOtherAreADeadLetter() {
    demo.damage(
        """
        insert into step_edges (from_step, to_step)
        select f.step_uuid, t.step_uuid from workflow_steps f, workflow_steps t
        where f.name = 'tell' and t.name = 'total'
        """);
    demo.damage(
        """
        update step_gates set pending = pending + 1
        where step_uuid = (select step_uuid from workflow_steps where name = 'total')
        """);
    demo.outcomes.complete(demo.claimOne(), Map.of(), NewWorkers.NONE);

    assertThat(demo.watch.mendStuck()).isZero();
    assertThat(demo.watch.mendStuck()).isZero();

    assertThat(letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo(DeadLetterReason.DEPENDENCY_CYCLE_DETECTED);
              assertThat(letter.detail())
                  .isEqualTo("steps wait for each other: total -> tell -> total");
            });
  }

  @Test
  void aTaskOnWhichNothingHappensTooLongIsADeadLetterOnce() {
    demo.shift("9 minutes");
    assertThat(demo.watch.reportStale(LIMIT)).isZero();
    demo.shift("2 minutes");
    assertThat(demo.watch.reportStale(LIMIT)).isEqualTo(1);
    assertThat(demo.watch.reportStale(LIMIT)).isZero();

    assertThat(letters().get(0).reason()).isEqualTo(DeadLetterReason.STALENESS_TIMEOUT);
    assertThat(letters().get(0).detail()).contains("PT10M").contains("bactrian.stale.after");
    assertThat(demo.state()).as("it is only reported").isEqualTo(TaskState.STEPS_IN_PROCESS);
  }

  @Test
  void aTaskWhoseStepIsLeasedOrCheckpointedMoves() {
    StepLease plan = demo.claimOne();
    demo.shift("11 minutes");
    demo.leases.renew(List.of(plan.key()), Duration.ofSeconds(6));
    assertThat(demo.watch.reportStale(LIMIT)).isZero();
    demo.outcomes.complete(plan, Map.of(), NewWorkers.NONE);
    demo.shift("9 minutes");
    assertThat(demo.watch.reportStale(LIMIT)).isZero();
    demo.shift("11 minutes");
    assertThat(demo.watch.reportStale(LIMIT)).isEqualTo(1);
  }

  @Test
  void aTaskThatStandsStillForWrongCountsGoesOn() {
    demo.outcomes.complete(demo.claimOne(), Map.of(), NewWorkers.NONE);
    demo.damage("update step_gates set pending = 1");
    demo.damage("update workflow_steps set state = 'pending' where state = 'enqueued'");
    assertThat(demo.watch.mendStuck()).as("the counts say that a step runs").isZero();
    demo.shift("11 minutes");

    assertThat(demo.watch.reportStale(LIMIT)).isZero();

    assertThat(letters()).isEmpty();
    assertThat(demo.names(StepState.ENQUEUED)).containsExactly("total");
    demo.workOff();
    assertThat(demo.state()).isEqualTo(TaskState.COMPLETE);
  }

  @Test
  void pausedAndBlockedTasksAreNotStale() {
    demo.fail(demo.claimOne());
    demo.shift("1 day");

    assertThat(demo.watch.reportStale(LIMIT)).isZero();
  }

  @Test
  void aReadyStepWhoseRouteNoLiveNodeHasIsADeadLetter() {
    new NodeRouteTable(demo.database).announce(demo.node, Set.of("demo/t/1/tell"));
    demo.nodes.beat(demo.node, Duration.ofDays(1));
    assertThat(demo.watch.reportUnserved(LIMIT)).isZero();
    demo.shift("11 minutes");

    assertThat(demo.watch.reportUnserved(LIMIT)).isEqualTo(1);
    assertThat(demo.watch.reportUnserved(LIMIT)).isZero();

    DeadLetter letter = letters().get(0);
    assertThat(letter.reason()).isEqualTo(DeadLetterReason.WORKER_UNAVAILABLE);
    assertThat(letter.step()).contains("plan");
    assertThat(letter.detail()).contains("demo/t/1/plan");
  }

  @Test
  void aRouteThatALiveNodeHasIsOnlyBusy() {
    new NodeRouteTable(demo.database).announce(demo.node, Set.of("demo/t/1/plan"));
    demo.nodes.beat(demo.node, Duration.ofDays(1));
    demo.shift("11 minutes");

    assertThat(demo.watch.reportUnserved(LIMIT)).isZero();
  }

  @Test
  void aNodeThatHasJustDiedCountsUntilTheLimit() {
    new NodeRouteTable(demo.database).announce(demo.node, Set.of("demo/t/1/plan"));
    demo.nodes.beat(demo.node, Duration.ofMinutes(5));
    demo.shift("11 minutes");
    assertThat(demo.watch.reportUnserved(LIMIT)).isZero();
    demo.shift("5 minutes");
    assertThat(demo.watch.reportUnserved(LIMIT)).isEqualTo(1);
  }

  @Test
  void theEntryOfATaskThatGoesOnByItselfIsRecovered() {
    demo.shift("11 minutes");
    demo.watch.reportStale(LIMIT);
    demo.deadLetters.put(demo.task, ANNA);
    demo.workOff();

    assertThat(letters())
        .extracting(l -> l.reason().word() + " " + l.resolution().word())
        .containsExactlyInAnyOrder("staleness_timeout recovered", "manual_dlq manually_resolved");
  }

  private List<DeadLetter> letters() {
    return demo.deadLetters.list(
        new DeadLetters.Selection(Optional.empty(), Optional.empty(), Optional.of(task()), 100));
  }

  private UUID task() {
    return demo.task;
  }
}
