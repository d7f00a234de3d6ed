package io.bactrian.task;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What stays of a finished task that has left. Its steps, context, history and dead letters are
 * gone.
 *
 * @param task the task as it ended, with an empty context
 * @param figures its records
 * @param rerunOf the task that it did again
 * @param result what it came to, if that is small
 * @param resultSha256 SHA-256 of the result as compact JSON, if there was one
 * @param prunedAt when it left
 */
public record Receipt(
    Task task,
    TaskFigures figures,
    Optional<UUID> rerunOf,
    Optional<Object> result,
    Optional<String> resultSha256,
    Instant prunedAt) {

  /** The task with its figures, like any other. */
  public TaskOverview overview() {
    return new TaskOverview(task, figures);
  }

  /** What to tell somebody who asks for more than the receipt. */
  public String message() {
    return "task %s was pruned at %s; only its receipt is left".formatted(task.uuid(), prunedAt);
  }
}
