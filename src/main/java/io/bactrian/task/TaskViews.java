package io.bactrian.task;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads tasks as they stand. Thread safe. */
public interface TaskViews {

  Optional<Task> find(UUID task);

  /** What is left of a task that has been pruned. */
  Optional<Receipt> receipt(UUID task);

  /** The newest tasks, newest first. */
  List<Task> newest(int limit);

  /** Tasks on which something can still happen without an operator, oldest first. */
  List<Task> running();

  /** All steps of a task: template order, workers in batch order. */
  List<Step> steps(UUID task);

  /** How far the records of a task are. */
  Progress progress(UUID task);
}
