package io.bactrian.task;

import io.bactrian.template.StepType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A task about to be created: what is inserted in one transaction.
 *
 * @param uuid the task's identity
 * @param templateId row of its template
 * @param context the context as JSON text
 * @param baseFolder where relative paths of the context start
 * @param owner the node that alone works for it while it lives
 * @param maxDuration how long it may take
 * @param steps its steps; workers come later
 */
public record NewTask(
    UUID uuid,
    long templateId,
    String context,
    String baseFolder,
    Optional<UUID> owner,
    Optional<Duration> maxDuration,
    List<NewStep> steps) {

  /**
   * One step of a new task.
   *
   * @param name its name, that of the template step
   * @param type its type
   * @param routeId the route that runs it
   * @param position its place in the template
   * @param inputs its inputs as JSON text
   * @param maxAttempts executions it may have
   * @param parents names of the steps it waits for
   */
  public record NewStep(
      String name,
      StepType type,
      String routeId,
      int position,
      String inputs,
      int maxAttempts,
      List<String> parents) {}
}
