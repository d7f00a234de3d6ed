package io.bactrian.step;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of a step's ancestors, read on demand: nothing is loaded before it is asked for.
 *
 * <p>Thread safe. Each call reads anew; close the streams.
 */
public interface DependencyResults {
  /** The result of one ancestor; empty when it has none or is no ancestor. One query. */
  Optional<StepResult> get(String stepName);

  /**
   * The results of all worker instances of a worker template, placeholders left out, in batch order
   * (index of the cursor, not text order), streamed page by page.
   */
  Stream<StepResult> workers(String workerTemplate);

  /** How many results {@link #workers} will give. One query. */
  long workerCount(String workerTemplate);

  /** All results of all ancestors, steps first in template order, then workers in batch order. */
  Stream<StepResult> all();
}
