package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What became of an attempt. Each method is one transaction. One that is about a single step
 * changes nothing and throws {@link LeaseLost} when the lease is gone. Thread safe.
 */
public interface Outcomes {

  /**
   * Makes true: the step is complete, what it creates and all its edges exist, and whoever waited
   * only for this step is ready.
   */
  void complete(StepLease lease, Map<String, Object> result, Expansion created);

  /**
   * Makes true: these steps of one task, which create nothing, are complete, and whoever waited
   * only for them is ready; their checkpoints are saved. Nothing is written for a step whose lease
   * is gone.
   *
   * @return the steps that are complete under these leases, also those that an earlier call had
   *     completed whose answer was lost
   */
  Set<UUID> completeAll(Collection<Done> done);

  /**
   * A step whose handler has answered.
   *
   * @param lease the right to complete it
   * @param result the answer
   * @param last a checkpoint that is to be saved with it
   */
  record Done(StepLease lease, Map<String, Object> result, Optional<Checkpoint> last) {}

  /** Makes true: this attempt failed, and the next is due after {@code delay}. */
  void retryLater(StepLease lease, StepError error, Duration delay);

  /** Makes true: the step is in error and waits for an operator. */
  void fail(StepLease lease, StepError error);
}
