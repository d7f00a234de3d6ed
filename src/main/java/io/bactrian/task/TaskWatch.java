package io.bactrian.task;

import java.time.Duration;

/**
 * Finds tasks on which nothing happens any more. All nodes may watch at once: a task that another
 * one looks at is left out. Thread safe.
 */
public interface TaskWatch {

  /**
   * Makes true: tasks with nothing ready, due or failed have gates and counts that agree with their
   * edges and steps; what is ready by that is enqueued. Steps that wait for each other become a
   * dead letter.
   *
   * @return how many tasks go on
   */
  int mendStuck();

  /**
   * Makes true: tasks on which nothing has happened for so long have a dead letter {@code
   * staleness_timeout}, unless mending makes them go on.
   *
   * @return how many new entries there are
   */
  int reportStale(Duration limit);

  /**
   * Makes true: tasks with a step that has been ready for so long, while no live node had its
   * route, have a dead letter {@code worker_unavailable}.
   *
   * @return how many new entries there are
   */
  int reportUnserved(Duration limit);
}
