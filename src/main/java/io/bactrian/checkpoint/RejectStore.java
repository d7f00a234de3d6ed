package io.bactrian.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps the records that were set aside. */
public interface RejectStore {

  /**
   * Keeps records of a step in the transaction that is open on this thread, and counts them against
   * the limit of the step's worker template.
   *
   * @param rejects in the order of the file
   * @return empty, or that they are too many: then nothing is kept and the transaction must roll
   *     back
   */
  Optional<TooMany> keep(Worker worker, List<Reject> rejects);

  /**
   * A step that sets records aside.
   *
   * @param templateStep the worker template it was made from
   */
  record Worker(UUID taskUuid, UUID stepUuid, String templateStep) {}

  /**
   * More records than the task may set aside.
   *
   * @param most how many it may
   * @param within how many of those that were to be kept it still may; fewer than there are
   */
  record TooMany(long most, int within) {}
}
