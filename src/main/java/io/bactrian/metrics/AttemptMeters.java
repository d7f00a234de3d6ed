package io.bactrian.metrics;

import io.bactrian.step.Advance;
import io.bactrian.step.AttemptEnd;
import io.bactrian.step.AttemptListener;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepLease;
import io.bactrian.template.StepType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what becomes of attempts, and what lies between their checkpoints. */
final class AttemptMeters implements AttemptListener {
  private final Map<StepType, Map<AttemptEnd, Counter>> ends = new EnumMap<>(StepType.class);
  private final Counter retries;
  private final Counter leasesLost;
  private final Counter written;
  private final Counter filtered;
  private final Counter rejected;
  private final Counter bytes;
  private final Timer checkpoint;

  AttemptMeters(MeterRegistry registry) {
    for (StepType type : StepType.values()) {
      ends.put(type, ends(registry, type));
    }
    retries =
        Counter.builder("bactrian.retries")
            .description("Attempts that failed and are tried again")
            .register(registry);
    leasesLost =
        Counter.builder("bactrian.leases.lost")
            .description("Attempts whose lease was gone: it had ended, or the step was cancelled")
            .register(registry);
    written = records(registry, "written");
    filtered = records(registry, "filtered");
    rejected = records(registry, "rejected");
    bytes =
        Counter.builder("bactrian.bytes")
            .description("Bytes of input files whose records are committed")
            .register(registry);
    checkpoint =
        Timer.builder("bactrian.checkpoint")
            .description(
                "Writes a checkpoint and commits it with the chunk's effects, or with the step's end")
            .register(registry);
  }

  private static Map<AttemptEnd, Counter> ends(MeterRegistry registry, StepType type) {
    var counters = new EnumMap<AttemptEnd, Counter>(AttemptEnd.class);
    for (AttemptEnd end : AttemptEnd.values()) {
      counters.put(
          end,
          Counter.builder("bactrian.attempts")
              .description("Attempts that have ended on this node")
              .tag("type", type.word())
              .tag("end", end.word())
              .register(registry));
    }
    return counters;
  }

  private static Counter records(MeterRegistry registry, String outcome) {
    return Counter.builder("bactrian.records")
        .description("Records that are committed, by what became of them")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public void checkpointed(RunningStep step, Advance advance) {
    written.increment((double) advance.written());
    filtered.increment((double) advance.filtered());
    rejected.increment((double) advance.rejected());
    bytes.increment((double) advance.bytes());
    checkpoint.record(advance.cost());
  }

  @Override
  public void ended(StepLease lease, AttemptEnd end) {
    Map<AttemptEnd, Counter> ofType = Objects.requireNonNull(ends.get(lease.type()));
    Objects.requireNonNull(ofType.get(end)).increment();
    if (end == AttemptEnd.RETRY) {
      retries.increment();
    } else if (end == AttemptEnd.LEASE_LOST) {
      leasesLost.increment();
    }
  }
}
