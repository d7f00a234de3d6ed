package io.bactrian;

import io.bactrian.csv.Planner;
import io.bactrian.csv.Planning;
import io.bactrian.metrics.Metrics;
import io.bactrian.node.WakeUp;
import io.bactrian.step.AttemptListener;
import io.bactrian.step.Leases;
import io.bactrian.step.StepRunner;
import io.bactrian.store.Database;
import io.bactrian.store.WorkloadReads;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** The metrics of a node that has a listener to show them on; other nodes measure nothing. */
final class Metering implements AutoCloseable {
  private final Optional<Metrics> metrics;

  private Metering(Optional<Metrics> metrics) {
    this.metrics = metrics;
  }

  /**
   * Begins to measure.
   *
   * @param listens whether the node has a listener
   */
  static Metering of(boolean listens) {
    return new Metering(listens ? Optional.of(new Metrics()) : Optional.empty());
  }

  Leases over(Leases leases) {
    return metrics.map(m -> m.over(leases)).orElse(leases);
  }

  AttemptListener attempts() {
    return metrics.map(Metrics::attempts).orElse(AttemptListener.NONE);
  }

  Planning planning() {
    return metrics.map(Metrics::planning).orElse(Planner::plan);
  }

  void attach(CamelContext camel) {
    metrics.ifPresent(m -> m.attach(camel));
  }

  /** Once the database is open. */
  void watch(Database database) {
    metrics.ifPresent(
        m -> {
          database.measurePool(m.registry());
          database.whenTaskEnds(m.taskEnds());
          m.watch(new WorkloadReads(database));
        });
  }

  void watch(StepRunner runner, int slots, WakeUp wakeUp) {
    metrics.ifPresent(
        m -> {
          m.watch(runner, slots);
          m.watch(wakeUp);
        });
  }

  @Override
  public void close() {
    metrics.ifPresent(Metrics::close);
  }
}
