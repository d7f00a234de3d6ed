package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.StepLease;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a checkpoint keeps for the next attempt. */
final class CheckpointTableTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final UUID task = plane.submit();
  private final CheckpointTable checkpoints = new CheckpointTable(plane.database);

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aCheckpointComesBackWithTheNextLease() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(1));
    StepLease worker = plane.claimOne();
    assertThat(worker.saved()).isEmpty();
    assertThat(checkpoints.save(worker.stepUuid(), worker.epoch(), TestControlPlane.checkpoint(5)))
        .isTrue();
    plane.leases.release(worker, "the node drains");

    assertThat(plane.claimOne().saved()).contains(TestControlPlane.checkpoint(5));
    assertThat(plane.views.progress(task).rowsDone()).isEqualTo(4);
  }

  @Test
  void anyTextCanStandInAPartialResult() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(1));
    StepLease worker = plane.claimOne();
    var odd =
        new Checkpoint(
            5, 9, Map.of("a\0b", "c\0d\ud83d\ude00\""), 4, 4, 0, 0, 7, Optional.of("e\0\n"));
    assertThat(checkpoints.save(worker.stepUuid(), worker.epoch(), odd)).isTrue();
    plane.leases.release(worker, "the node drains");

    assertThat(plane.claimOne().saved()).contains(odd);
  }

  @Test
  void aPositionNeverGoesBack() {
    StepLease lease = plane.claimOne();
    assertThat(checkpoints.save(lease.stepUuid(), lease.epoch(), TestControlPlane.checkpoint(5)))
        .isTrue();
    assertThat(checkpoints.save(lease.stepUuid(), lease.epoch(), TestControlPlane.checkpoint(4)))
        .isFalse();
  }
}
