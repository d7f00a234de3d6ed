package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.LeaseLost;
import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who claims a step, keeps it and loses it. */
final class LeaseTableTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final UUID task = plane.submit();
  private final CheckpointTable checkpoints = new CheckpointTable(plane.database);

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aStepIsClaimedOnceAndOnlyForKnownRoutes() {
    assertThat(
            plane.leases.claim(
                new Leases.Claim(
                    plane.node, Set.of("other"), Set.of(), false, TestControlPlane.TTL, 100),
                9))
        .isEmpty();
    assertThat(plane.claim(9)).hasSize(1);
    assertThat(plane.claim(9)).isEmpty();
  }

  @Test
  void aNodeForItsOwnTasksLeavesOthersAlone() {
    var limited =
        new Leases.Claim(
            plane.node,
            TestControlPlane.ROUTES,
            Set.of(UUID.randomUUID()),
            true,
            TestControlPlane.TTL,
            100);
    assertThat(plane.leases.claim(limited, 9)).isEmpty();
    assertThat(
            plane.leases.claim(
                new Leases.Claim(
                    plane.node,
                    TestControlPlane.ROUTES,
                    Set.of(task),
                    true,
                    TestControlPlane.TTL,
                    100),
                9))
        .hasSize(1);
  }

  @Test
  void theTaskOfALiveNodeIsLeftAloneAndThatOfADeadOneIsNot() {
    plane.claimOne();
    UUID owner = UUID.randomUUID();
    plane.nodes.register(owner, "there", 2, TestControlPlane.TTL);
    plane.submit(Optional.of(owner));

    assertThat(plane.claim(9)).isEmpty();
    plane.nodes.bury(owner);
    assertThat(plane.claim(9)).hasSize(1);
  }

  @Test
  void aLostLeaseWritesNothing() {
    StepLease first = plane.claimOne();
    plane.shift("7 seconds");
    assertThat(plane.leases.reclaimExpired()).isEqualTo(1);
    StepLease second = plane.claimOne();
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(second.attempt()).as("a lost lease is no attempt").isEqualTo(1);

    assertThatThrownBy(() -> plane.outcomes.complete(first, Map.of(), TestControlPlane.workers(2)))
        .isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> plane.leases.release(first, "x")).isInstanceOf(LeaseLost.class);
    assertThat(checkpoints.save(first.stepUuid(), first.epoch(), TestControlPlane.checkpoint(5)))
        .isFalse();
    assertThat(plane.names(task, StepState.IN_PROGRESS)).containsExactly("plan");
    assertThat(plane.views.steps(task)).hasSize(3);
  }

  @Test
  void aRenewedLeaseDoesNotExpire() {
    StepLease lease = plane.claimOne();
    plane.shift("5 seconds");
    assertThat(plane.leases.renew(List.of(lease.key()), TestControlPlane.TTL))
        .containsExactly(new Leases.Renewal(lease.key(), false));
    plane.shift("5 seconds");
    assertThat(plane.leases.reclaimExpired()).isZero();
    assertThat(
            plane.leases.renew(
                List.of(new StepLease.Key(lease.stepUuid(), 7)), TestControlPlane.TTL))
        .isEmpty();
  }

  @Test
  void renewalDoesNotWaitForAChunkThatIsCommitting() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(2));
    List<StepLease> both = plane.claim(2);
    List<StepLease.Key> keys = both.stream().map(StepLease::key).toList();
    plane.shift("5 seconds");
    plane.database.commit(
        Fact.CHECKPOINT,
        () -> {
          plane
              .database
              .jdbc()
              .sql("select 1 from workflow_steps where step_uuid = :step for update")
              .param("step", both.get(0).stepUuid())
              .query(Integer.class)
              .single();
          assertThat(
                  CompletableFuture.supplyAsync(
                      () -> plane.leases.renew(keys, TestControlPlane.TTL)))
              .succeedsWithin(Duration.ofSeconds(30))
              .asInstanceOf(InstanceOfAssertFactories.LIST)
              .hasSize(2);
        });
    plane.shift("5 seconds");

    assertThat(plane.leases.reclaimExpired()).isEqualTo(1);
    assertThat(plane.leases.renew(keys, TestControlPlane.TTL))
        .containsExactly(new Leases.Renewal(both.get(1).key(), false));
  }

  @Test
  void renewalTellsThatTheTaskIsPaused() {
    StepLease lease = plane.claimOne();
    plane.sql.sql("update tasks set state = 'paused'").update();

    assertThat(plane.leases.renew(List.of(lease.key()), TestControlPlane.TTL))
        .containsExactly(new Leases.Renewal(lease.key(), true));
  }

  @Test
  void theStepsOfADeadProcessAreFreeAtOnce() {
    plane.claimOne();
    assertThat(plane.leases.reclaimFrom(List.of(plane.node))).isEqualTo(1);
    assertThat(plane.names(task, StepState.ENQUEUED)).containsExactly("plan");
  }

  @Test
  void aReleasedStepIsNoAttempt() {
    plane.leases.release(plane.claimOne(), "the node drains");
    assertThat(plane.claimOne().attempt()).isEqualTo(1);
  }
}
