package io.bactrian.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a task template.
 *
 * @param name its name, unique in the template
 * @param type its type
 * @param dependencies names of the steps it waits for
 * @param callable who does its work: a route id, a bean or an endpoint URI
 * @param initialization what the handler is given
 * @param retry when it is tried again
 * @param timeout how long one attempt may take
 * @param failureStrategy what its error means for its siblings
 * @param worker what only a batch worker has
 * @param method the method of the bean that is called, where the template names one
 */
public record StepTemplate(
    String name,
    StepType type,
    List<String> dependencies,
    String callable,
    Map<String, Object> initialization,
    RetryPolicy retry,
    Optional<Duration> timeout,
    FailureStrategy failureStrategy,
    WorkerRules worker,
    Optional<String> method) {

  /** A step that leaves the method to Camel. */
  public StepTemplate(
      String name,
      StepType type,
      List<String> dependencies,
      String callable,
      Map<String, Object> initialization,
      RetryPolicy retry,
      Optional<Duration> timeout,
      FailureStrategy failureStrategy,
      WorkerRules worker) {
    this(
        name,
        type,
        dependencies,
        callable,
        initialization,
        retry,
        timeout,
        failureStrategy,
        worker,
        Optional.empty());
  }

  public StepTemplate {
    dependencies = List.copyOf(dependencies);
  }

  /** The fold that the template names. */
  public Optional<String> fold() {
    return initialization.get("fold") instanceof String fold ? Optional.of(fold) : Optional.empty();
  }
}
