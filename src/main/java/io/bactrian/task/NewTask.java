package io.bactrian.task;

import io.bactrian.json.Json;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
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
   * @param foldsParents whether it folds the results of all its parents, not those of workers
   * @param parents names of the template steps it waits for, as far as they exist
   */
  public record NewStep(
      String name,
      StepType type,
      String routeId,
      int position,
      String inputs,
      int maxAttempts,
      boolean foldsParents,
      List<String> parents) {

    /** A step that folds nothing but workers. */
    public NewStep(
        String name,
        StepType type,
        String routeId,
        int position,
        String inputs,
        int maxAttempts,
        List<String> parents) {
      this(name, type, routeId, position, inputs, maxAttempts, false, parents);
    }

    /** A step as its template has it. */
    public static NewStep of(TaskTemplate template, StepTemplate step) {
      return new NewStep(
          step.name(),
          step.type(),
          template.routeId(step),
          template.steps().indexOf(step),
          Json.write(step.initialization()),
          step.retry().maxAttempts(),
          template.foldsParents(step),
          template.waitsFor(step));
    }
  }
}
