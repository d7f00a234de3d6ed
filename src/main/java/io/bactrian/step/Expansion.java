package io.bactrian.step;

/** What the completion of a step creates besides: in the same transaction, or not at all. */
public sealed interface Expansion permits NewWorkers, NewSteps, Placeholders {

  /** Whether nothing can come of it. */
  boolean isEmpty();
}
