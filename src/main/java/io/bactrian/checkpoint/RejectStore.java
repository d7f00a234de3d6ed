package io.bactrian.checkpoint;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** Keeps the records that were set aside. */
public interface RejectStore {

  /**
   * Keeps records of a step in the transaction that is open on this thread, and counts them against
   * the limit of the step's worker template.
   *
   * @param rejects in the order of the file
   * @return the limit if it is exceeded: then nothing is kept and the transaction must roll back
   */
  OptionalLong keep(Worker worker, List<Reject> rejects);

  /**
   * A step that sets records aside.
   *
   * @param templateStep the worker template it was made from
   */
  record Worker(UUID taskUuid, UUID stepUuid, String templateStep) {}
}
