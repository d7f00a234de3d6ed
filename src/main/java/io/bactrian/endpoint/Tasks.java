package io.bactrian.endpoint;

import io.bactrian.task.TaskViews;
import java.util.UUID;

/** What routes may do with tasks. Thread safe. */
public interface Tasks {

  /**
   * Checks that a template exists.
   *
   * @param reference {@code namespace/name} or {@code namespace/name@version}
   * @throws IllegalArgumentException naming the nearest template there is
   */
  void checkTemplate(String reference);

  /**
   * Creates a task, or finds the one that the same idempotency key has created before.
   *
   * @return its identity; the row is committed, or is part of the transaction open on this thread
   */
  UUID start(TaskRequest request);

  TaskViews views();
}
