package io.bactrian.step;

/**
 * Is told what becomes of the attempts of this process. Must be quick and must not throw: it is
 * called on the threads that run and settle attempts.
 */
public interface AttemptListener {
  /** Nobody listens. */
  AttemptListener NONE = new AttemptListener() {};

  /** A checkpoint has committed. */
  default void checkpointed(RunningStep step, Advance advance) {}

  /** The attempt has ended, or has been given up. */
  default void ended(StepLease lease, AttemptEnd end) {}
}
