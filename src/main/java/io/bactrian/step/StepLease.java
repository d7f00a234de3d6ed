package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.template.StepType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to run one step until its lease ends, with all that the run needs to know.
 *
 * @param stepUuid the step
 * @param taskUuid its task
 * @param name the step's name
 * @param templateStep the template step it was made from
 * @param type its type
 * @param routeId the route that runs it, {@code namespace/name/version/template step}
 * @param attempt which execution this is, from 1
 * @param maxAttempts how many executions there may be
 * @param epoch the fencing number of this lease
 * @param limited whether a {@code max_parallel} says how many such steps are in progress at once
 * @param inputs the step's inputs
 * @param context the task's context
 * @param baseFolder where relative paths of the context start
 * @param expected how many worker results a convergence must fold
 * @param traceParent the span that submitted the task, as its W3C trace context
 * @param saved the last committed checkpoint, null before the first
 */
public record StepLease(
    UUID stepUuid,
    UUID taskUuid,
    String name,
    String templateStep,
    StepType type,
    String routeId,
    int attempt,
    int maxAttempts,
    int epoch,
    boolean limited,
    Map<String, Object> inputs,
    Map<String, Object> context,
    String baseFolder,
    int expected,
    Optional<String> traceParent,
    Optional<Checkpoint> saved) {

  /** What names this lease in every write. */
  public Key key() {
    return new Key(stepUuid, epoch);
  }

  /** A step and the epoch of its lease. */
  public record Key(UUID stepUuid, int epoch) {}
}
