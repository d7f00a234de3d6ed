package io.bactrian.task;

import java.util.Map;
import java.util.UUID;

/**
 * What an operator can do to a task. Each method is one transaction, which also decides anew what
 * state the task is in, and writes actor and reason into the transition rows. Thread safe.
 *
 * <p>A step is named by its name or its UUID. All throw {@link UnknownTarget} when task or step do
 * not exist, and {@link VerbRefused} when the verb is not possible in the state that was found.
 */
public interface Operations {

  /** Makes true: all failed steps are ready again, with their attempts given anew. */
  Effect retry(UUID task, By by);

  /**
   * Makes true: this step is ready again; one in error gets its attempts anew, one that waits for a
   * retry does not wait any longer.
   */
  Effect retry(UUID task, String step, By by);

  /** Makes true: the failed step is done without a result; who waits for it goes on. */
  Effect resolve(UUID task, String step, By by);

  /** Makes true: the task is settled by hand; steps that are still open are cancelled. */
  Effect resolve(UUID task, By by);

  /**
   * Makes true: the failed step is complete with this result, as if its handler had answered it; a
   * batchable step's outcome is checked and its workers are created.
   *
   * @throws io.bactrian.step.PermanentFailure if the result asks for something it may not
   */
  Effect complete(UUID task, String step, Map<String, Object> result, By by);

  /** Makes true: the task and its open steps are cancelled; what runs is stopped. */
  Effect cancel(UUID task, By by);

  /** Makes true: nothing of the task is claimed any more; what runs ends at its next checkpoint. */
  Effect pause(UUID task, By by);

  /** Makes true: the task is in the state that its steps mean. */
  Effect unpause(UUID task, By by);

  /**
   * Makes true: a new task of the same template version and context exists, linked to the old one,
   * which must be at rest.
   */
  Effect rerun(UUID task, By by);
}
