package io.bactrian.checkpoint;

import java.util.UUID;

/** Keeps one checkpoint per step. */
public interface CheckpointStore {

  /**
   * Writes the checkpoint in the transaction that is open on this thread, if the lease is still
   * held.
   *
   * @return whether it was written; false = the lease is lost and the transaction must roll back
   */
  boolean save(UUID stepUuid, int epoch, Checkpoint checkpoint);

  /**
   * Whether the transaction that is open on this thread has used the database, or somebody waits
   * for its commit: then a checkpoint must be saved in it. Who cannot know says yes.
   */
  default boolean isAwaited() {
    return true;
  }
}
