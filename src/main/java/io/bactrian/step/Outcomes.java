package io.bactrian.step;

import java.time.Duration;
import java.util.Map;

/**
 * What became of an attempt. Each method is one transaction, changes nothing and throws {@link
 * LeaseLost} when the lease is gone. Thread safe.
 */
public interface Outcomes {

  /**
   * Makes true: the step is complete, what it creates and all its edges exist, and whoever waited
   * only for this step is ready.
   */
  void complete(StepLease lease, Map<String, Object> result, Expansion created);

  /** Makes true: this attempt failed, and the next is due after {@code delay}. */
  void retryLater(StepLease lease, StepError error, Duration delay);

  /** Makes true: the step is in error and waits for an operator. */
  void fail(StepLease lease, StepError error);
}
