package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.GivenResults;
import io.bactrian.step.RunningStep;
import io.bactrian.step.WorkerLease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How often the handler of a worker without a planned file is called. */
final class HandlerCallsTest {
  private final RunningStep step =
      new RunningStep(
          WorkerLease.of(UUID.randomUUID(), UUID.randomUUID()), new GivenResults(List.of()));
  private final HandlerCalls calls = new HandlerCalls(step);

  @Test
  void aCallThatEndedAtACheckpointOfItsOwnIsFollowedByAnother() {
    call();
    step.position().propose(checkpoint(Optional.of("k")));
    step.committed();
    assertThat(calls.hasNext()).isTrue();
  }

  @Test
  void theCallThatSavedTheEndOfTheRangeIsTheLast() {
    call();
    step.position().propose(checkpoint(Optional.empty()));
    step.committed();
    assertThat(calls.hasNext()).isFalse();
  }

  @Test
  void theCallWhoseCheckpointWaitsForTheEndOfTheStepIsTheLast() {
    call();
    step.endWith(checkpoint(Optional.empty()));
    assertThat(calls.hasNext()).isFalse();
  }

  private void call() {
    assertThat(calls.hasNext()).isTrue();
    assertThat(calls.next()).isEmpty();
  }

  private static Checkpoint checkpoint(Optional<Object> cursor) {
    return new Checkpoint(5, -1, Map.of(), 5, 5, 0, 0, 0, cursor);
  }
}
