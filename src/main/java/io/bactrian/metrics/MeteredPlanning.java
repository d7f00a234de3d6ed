package io.bactrian.metrics;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.Planning;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;

/** Measures how fast files are planned. */
final class MeteredPlanning implements Planning {
  private final Timer time;
  private final Counter bytes;
  private final Counter records;

  MeteredPlanning(MeterRegistry registry) {
    time =
        Timer.builder("bactrian.plan")
            .description("Plans a file in one pass; a stored plan is not counted")
            .register(registry);
    bytes =
        Counter.builder("bactrian.plan.bytes")
            .description("Bytes of planned files")
            .register(registry);
    records =
        Counter.builder("bactrian.plan.records")
            .description("Records of planned files")
            .register(registry);
  }

  @Override
  public Plan plan(Path file, Dialect dialect) {
    long start = System.nanoTime();
    Plan plan = Planner.plan(file, dialect);
    time.record(Duration.ofNanos(System.nanoTime() - start));
    bytes.increment((double) plan.fingerprint().size());
    records.increment((double) plan.recordCount());
    return plan;
  }
}
