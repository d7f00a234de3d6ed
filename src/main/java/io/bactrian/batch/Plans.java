package io.bactrian.batch;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.Division;
import io.bactrian.csv.Fingerprint;
import io.bactrian.csv.Plan;
import io.bactrian.step.StepContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Keeps the plans by which the workers of batchable steps read their files. Thread safe. */
public interface Plans {

  /**
   * The plan of an unchanged file, made by an earlier task on the same machine.
   *
   * @param now what the file is like now
   */
  Optional<Plan> find(Path file, Dialect dialect, Fingerprint now);

  /** Makes true: the workers of this batchable step read by this division. */
  void keep(UUID batchableStep, Division division);

  /**
   * What a worker reads by; empty when its batchable step planned no file. All workers of one
   * template step of a task read by the same.
   */
  Optional<Division> ofWorker(StepContext worker);
}
