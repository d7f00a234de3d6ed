package io.bactrian.batch;

import io.bactrian.csv.Plan;
import java.util.Optional;
import java.util.UUID;

/** Keeps the plan by which the workers of a batchable step read their file. Thread safe. */
public interface Plans {

  /** Makes true: the workers of this batchable step read by this plan. */
  void keep(UUID batchableStep, Plan plan);

  /** The plan that a worker reads by; empty when its batchable step planned no file. */
  Optional<Plan> ofWorker(UUID worker);
}
