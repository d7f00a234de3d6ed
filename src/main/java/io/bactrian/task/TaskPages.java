package io.bactrian.task;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads tasks and steps page by page, as the REST API shows them. Thread safe. */
public interface TaskPages {

  /** Tasks, newest first. */
  Page<TaskOverview> tasks(TaskQuery query, Page.Cut cut);

  Optional<TaskOverview> task(UUID task);

  /** What is left of a task that has been pruned. */
  Optional<Receipt> receipt(UUID task);

  /** Steps of a task: template order, workers in batch order. */
  Page<StepDetail> steps(UUID task, StepQuery query, Page.Cut cut);

  /** A step of a task. */
  Optional<StepDetail> step(UUID task, UUID step);

  /** All steps of a task without their results: cheap also for many. */
  List<Step> outline(UUID task);
}
