package io.bactrian.task;

import io.bactrian.json.Json;
import io.bactrian.template.FailureStrategy;
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
 * @param rerun which task it does again, and who wanted that
 * @param identity what makes it the same as another; empty = same as none
 * @param options what else was said with it
 * @param traceParent the span that submits it, as its W3C trace context
 * @param steps its steps; workers and what stands behind decisions come later
 */
public record NewTask(
    UUID uuid,
    long templateId,
    String context,
    String baseFolder,
    Optional<UUID> owner,
    Optional<Duration> maxDuration,
    Optional<Rerun> rerun,
    Optional<String> identity,
    SubmitOptions options,
    Optional<String> traceParent,
    List<NewStep> steps) {

  /** A task that does no other again and is the same as no other. */
  public NewTask(
      UUID uuid,
      long templateId,
      String context,
      String baseFolder,
      Optional<UUID> owner,
      Optional<Duration> maxDuration,
      List<NewStep> steps) {
    this(
        uuid,
        templateId,
        context,
        baseFolder,
        owner,
        maxDuration,
        Optional.empty(),
        Optional.empty(),
        SubmitOptions.NONE,
        Optional.empty(),
        steps);
  }

  NewTask tracedBy(Optional<String> span) {
    return new NewTask(
        uuid,
        templateId,
        context,
        baseFolder,
        owner,
        maxDuration,
        rerun,
        identity,
        options,
        span,
        steps);
  }

  /**
   * Which task a new one does again.
   *
   * @param of the old task
   * @param by who wanted that
   */
  public record Rerun(UUID of, By by) {}

  /**
   * One step of a new task.
   *
   * @param name its name, that of the template step
   * @param type its type
   * @param routeId the route that runs it
   * @param position its place in the template
   * @param inputs its inputs as JSON text
   * @param maxAttempts executions it may have
   * @param failFast whether its error stops its siblings
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
      boolean failFast,
      boolean foldsParents,
      List<String> parents) {

    /** A step that folds nothing but workers, and whose error leaves the others alone. */
    public NewStep(
        String name,
        StepType type,
        String routeId,
        int position,
        String inputs,
        int maxAttempts,
        List<String> parents) {
      this(name, type, routeId, position, inputs, maxAttempts, false, false, parents);
    }

    /** A step as its template has it. */
    public static NewStep of(TaskTemplate template, StepTemplate step) {
      return new NewStep(
          step.name(),
          step.type(),
          template.routeId(step),
          template.position(step),
          Json.write(step.initialization()),
          step.retry().maxAttempts(),
          step.failureStrategy() == FailureStrategy.FAIL_FAST,
          template.foldsParents(step),
          template.waitsFor(step));
    }
  }
}
