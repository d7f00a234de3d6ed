package io.bactrian.step;

import io.bactrian.template.TaskTemplate;

/**
 * The steps that a decision lets come into being. Which these are depends on what its task has by
 * then, so they are worked out in the transaction of its completion, from the outcome in its
 * result.
 *
 * @param template the task's template
 */
public record NewSteps(TaskTemplate template) implements Expansion {
  @Override
  public boolean isEmpty() {
    return false;
  }
}
