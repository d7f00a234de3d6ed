package io.bactrian.step;

import java.util.List;
import java.util.UUID;

/** Which nodes see the planned input of a task. Each method is one transaction. Thread safe. */
public interface InputSightings {

  /** Makes true: it is known that the node that runs the step sees the input of the step's task. */
  void seen(UUID stepUuid, int epoch);

  /**
   * Makes true: it is known that the node that runs the step does not see the input of its task;
   * the step is ready again, this was no attempt, and the node stays away from the task for a
   * while.
   *
   * <p>Unless no node that lives has seen the input for that while: then the step keeps its lease.
   *
   * @param found what the node found instead
   * @param changed whether the file is there but not the planned one; where no other node may run
   *     the task, waiting does not mend that
   * @return the nodes that were asked and what each found, if none sees the input; else empty
   * @throws LeaseLost if the lease is gone; nothing is written then
   */
  List<String> notSeen(StepLease lease, String found, boolean changed);
}
