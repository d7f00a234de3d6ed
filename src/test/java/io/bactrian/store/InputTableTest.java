package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.LeaseLost;
import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that see the planned file of a task, and nodes that do not. */
final class InputTableTest {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private final TestControlPlane plane = new TestControlPlane();
  private final InputTable inputs = new InputTable(plane.database, "test", WAIT);
  private final UUID other = UUID.randomUUID();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void whoDoesNotSeeItStaysAwayAndAnotherNodeGoesOn() {
    UUID task = plane.submit();
    plane.nodes.register(other, "there", 2, WAIT.multipliedBy(9));

    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).isEmpty();
    assertThat(plane.claim(9)).isEmpty();
    StepLease lease = claim(other);
    assertThat(lease.attempt()).as("no attempt was counted").isEqualTo(1);
    inputs.seen(lease.stepUuid(), lease.epoch());
    plane.leases.release(lease, "x");
    plane.shift("61 seconds");
    plane.nodes.beat(plane.node, Duration.ofHours(1));
    assertThat(inputs.notSeen(plane.claimOne(), "no file", false))
        .as("another node that lives sees it")
        .isEmpty();
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void whenNoLiveNodeSeesItForTheWaitTheNodesAskedAreListed() {
    UUID task = plane.submit();
    plane.nodes.register(other, "there", 2, Duration.ofHours(1));
    plane.nodes.beat(plane.node, Duration.ofHours(1));
    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).isEmpty();
    assertThat(inputs.notSeen(claim(other), "another file", true)).isEmpty();
    plane.shift("61 seconds");

    StepLease lease = plane.claimOne();
    List<String> asked = inputs.notSeen(lease, "still no file", false);
    assertThat(asked)
        .containsExactly(
            "here (node %s): still no file".formatted(plane.node),
            "there (node %s): another file".formatted(other));
    assertThat(plane.leases.renew(List.of(lease.key()), TestControlPlane.TTL))
        .as("the lease is kept, for the failure")
        .hasSize(1);
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void aNodeThatWasNotAskedYetIsWaitedForOnceMore() {
    UUID task = plane.submit();
    plane.nodes.register(other, "there", 2, Duration.ofHours(1));
    plane.nodes.beat(plane.node, Duration.ofHours(1));
    inputs.notSeen(plane.claimOne(), "no file", false);
    plane.shift("61 seconds");
    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).isEmpty();
    plane.shift("61 seconds");

    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).hasSize(1);
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void nodesThatMayNotRunTheTaskAreNotAsked() {
    UUID task = plane.submit(Optional.of(plane.node));
    plane.nodes.beat(plane.node, Duration.ofHours(1));
    plane.nodes.register(other, "there", 2, Duration.ofHours(1));
    inputs.notSeen(plane.claimOne(), "no file", false);
    plane.shift("61 seconds");

    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).hasSize(1);
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void nodesThatDoNotHaveTheRouteAreNotAsked() {
    UUID task = plane.submit();
    plane.nodes.beat(plane.node, Duration.ofHours(1));
    plane.nodes.register(other, "there", 2, Duration.ofHours(1));
    var routes = new NodeRouteTable(plane.database);
    routes.announce(plane.node, TestControlPlane.ROUTES);
    routes.announce(other, Set.of("another/template/1/step"));
    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).isEmpty();
    plane.shift("61 seconds");

    assertThat(inputs.notSeen(plane.claimOne(), "no file", false))
        .singleElement()
        .asString()
        .startsWith("here ");
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void aNodeThatHasTheRouteIsWaitedForOnceMore() {
    UUID task = plane.submit();
    plane.nodes.beat(plane.node, Duration.ofHours(1));
    plane.nodes.register(other, "there", 2, Duration.ofHours(1));
    new NodeRouteTable(plane.database).announce(other, TestControlPlane.ROUTES);
    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).isEmpty();
    plane.shift("61 seconds");

    assertThat(inputs.notSeen(plane.claimOne(), "no file", false)).isEmpty();
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void aChangedFileOfTheOnlyNodeThatMayRunTheTaskIsNotWaitedFor() {
    UUID task = plane.submit(Optional.of(plane.node));

    assertThat(inputs.notSeen(plane.claimOne(), "its size was 5", true))
        .singleElement()
        .asString()
        .contains("its size was 5");
    assertThat(plane.views.find(task)).isPresent();
  }

  @Test
  void whoLostTheLeaseSaysNothing() {
    UUID task = plane.submit();
    StepLease lease = plane.claimOne();
    plane.shift("7 seconds");
    plane.leases.reclaimExpired();

    assertThatThrownBy(() -> inputs.notSeen(lease, "no file", false)).isInstanceOf(LeaseLost.class);
    assertThat(plane.count("select count(*) from input_sightings")).isZero();
    assertThat(plane.views.find(task)).isPresent();
  }

  private StepLease claim(UUID node) {
    return plane
        .leases
        .claim(
            new Leases.Claim(
                node, TestControlPlane.ROUTES, Set.of(), false, TestControlPlane.TTL, 100),
            1)
        .get(0);
  }
}
