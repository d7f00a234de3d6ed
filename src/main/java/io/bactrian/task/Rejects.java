package io.bactrian.task;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the records that a task's batch workers have set aside. A step is named by its name in the
 * template, which means all its workers, or by that of one worker. Thread safe.
 */
public interface Rejects {

  /** The template steps that have set records aside, in template order. */
  List<RejectingStep> steps(UUID task);

  /**
   * The records in template order of their steps, then in batch order, which is that of their
   * ordinals.
   *
   * @param step only those of this step
   * @throws UnknownTarget if the task has no such step
   */
  Page<RejectedRecord> page(UUID task, Optional<String> step, Page.Cut cut);

  /**
   * The rejected records as a file that can be corrected and submitted again.
   *
   * @param step whose records; may be left out where one template step has rejected any
   * @throws UnknownTarget if the task has no such step, or nothing was rejected
   * @throws StepNotNamed if several have rejected records and none is named
   */
  RejectFile file(UUID task, Optional<String> step);
}
