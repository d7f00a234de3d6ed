package io.bactrian.step;

import java.util.List;

/**
 * Workers without work, one for each worker template that wants one where there are no batches.
 *
 * @param workers one worker each
 */
public record Placeholders(List<NewWorkers> workers) implements Expansion {
  public Placeholders {
    workers = List.copyOf(workers);
  }

  @Override
  public boolean isEmpty() {
    return workers.isEmpty();
  }
}
