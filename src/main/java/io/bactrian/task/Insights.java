package io.bactrian.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What dashboards and operators ask of the past and the present; every answer is a row of JSON
 * data, its keys as in the contract {@code openapi.yaml}. Thread safe.
 */
public interface Insights {

  /** The changes of a task's state, oldest first. */
  List<Map<String, Object>> taskTransitions(UUID task);

  /** The changes of a step's state, oldest first. */
  List<Map<String, Object>> stepTransitions(UUID step);

  /** The attempts of a step that have ended, oldest first, with their errors. */
  List<Map<String, Object>> stepAttempts(UUID step);

  /** Rate, time left and time gone of a task. */
  Map<String, Object> progress(UUID task);

  /** Workers that run for more than twice as long as half of the finished ones took. */
  List<Map<String, Object>> stragglers(UUID task, int limit);

  /** All workers of a task in batch order, each a short row. */
  List<Map<String, Object>> batches(UUID task);

  /** The nodes that live, or have lived within the last hour. */
  List<Map<String, Object>> nodes();

  /** How tasks and steps of the last hours did, by template. */
  Map<String, Object> performance(Window window);

  /** The template steps of the last hours on which most time was spent. */
  List<Map<String, Object>> bottlenecks(Window window, int limit);

  /** How many steps wait to be claimed; counts no further than the limit. */
  int enqueued(int limit);

  /**
   * What a figure is over.
   *
   * @param hours how far back
   * @param namespaces only these; empty = all
   */
  record Window(int hours, Optional<Set<String>> namespaces) {}
}
