package io.bactrian.node;

import io.bactrian.step.AttemptListener;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepComponent;
import io.bactrian.step.StepRunner;
import io.bactrian.store.InputTable;
import io.bactrian.store.ResultReads;
import io.bactrian.store.TestControlPlane;
import io.bactrian.template.Catalog;
import java.time.Duration;
import java.util.UUID;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A node on a real database of which only the claimer works: nothing is polled for, swept or
 * renewed. It runs the workers of all tasks.
 */
final class ClaimingNode implements AutoCloseable {
  private static final Duration NEVER = Duration.ofHours(1);

  final CountedLeases leases;
  final StepRunner runner;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Claimer claimer;

  /** Begins to claim. */
  ClaimingNode(TestControlPlane plane, int slots, Processor handler) throws Exception {
    UUID node = UUID.randomUUID();
    plane.nodes.register(node, "here", 1, NEVER);
    leases = new CountedLeases(plane.leases, () -> inProgress(plane, node));
    runner =
        new StepRunner(
            new StepRunner.Books(
                leases,
                plane.outcomes,
                new ResultReads(plane.database),
                new InputTable(plane.database, "test", NEVER)),
            new Catalog(),
            (lease, result) -> NewWorkers.NONE,
            AttemptListener.NONE);
    camel.addComponent("step", new StepComponent(runner));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("step:r/work").process(handler);
          }
        });
    camel.start();
    var settings = new NodeSettings(NEVER, NEVER, slots, NEVER, false);
    claimer = new Claimer(node, settings, leases, runner, () -> {});
    claimer.start();
  }

  private static int inProgress(TestControlPlane plane, UUID node) {
    return plane
        .sql
        .sql(
            "select count(*) from workflow_steps where state = 'in_progress' and node_uuid = :node")
        .param("node", node)
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    claimer.stop(10);
    camel.stop();
  }
}
