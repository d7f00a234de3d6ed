package io.bactrian.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RunningStepTest {
  private final RunningStep step = new RunningStep(lease(), new GivenResults(List.of()));

  @Test
  void anEndAtTheNextCheckpointDoesNotInterrupt() {
    step.end(Ending.TASK_PAUSED);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(step.isEnding()).isTrue();
    assertThat(step.isStopped()).isFalse();
    assertThat(step.ending()).contains(Ending.TASK_PAUSED);
  }

  @Test
  void anEndAtOnceInterruptsOnceAndOutdoesTheOther() {
    step.end(Ending.NODE_DRAINS);
    step.end(Ending.LEASE_LOST);
    assertThat(Thread.interrupted()).isTrue();
    step.end(Ending.TIMED_OUT);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(step.ending()).contains(Ending.LEASE_LOST);
    assertThat(step.isStopped()).isTrue();
  }

  @Test
  void aFinishedRunInterruptsNobody() {
    step.finish();
    step.end(Ending.LEASE_LOST);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(step.ending()).isEmpty();
  }

  private static StepLease lease() {
    return WorkerLease.of(UUID.randomUUID(), UUID.randomUUID());
  }
}
