package io.bactrian.step;

import io.bactrian.template.StepType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The first lease of a worker {@code work_001} that nobody has begun. */
public final class WorkerLease {
  private WorkerLease() {}

  public static StepLease of(UUID task, UUID step) {
    return new StepLease(
        step,
        task,
        "work_001",
        "work",
        StepType.BATCH_WORKER,
        "r/work",
        1,
        3,
        1,
        false,
        Map.of(),
        Map.of(),
        "/",
        0,
        Optional.empty(),
        Optional.empty());
  }
}
