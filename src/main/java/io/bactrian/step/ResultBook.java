package io.bactrian.step;

import java.util.Set;
import java.util.UUID;

/** Finds the durable results of finished steps. Thread safe. */
public interface ResultBook {

  /**
   * A lazy view on results.
   *
   * @param task the task
   * @param templateSteps the template steps whose results may be seen: the ancestors of who asks
   */
  DependencyResults of(UUID task, Set<String> templateSteps);
}
