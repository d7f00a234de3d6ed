package io.bactrian.task;

import java.util.Optional;
import java.util.UUID;

/** Shows tasks to those who watch them. Thread safe. */
public interface LiveViews {

  /**
   * A task as it is now.
   *
   * @param most how many steps in progress, and how many in error, to tell of
   */
  Optional<LiveTask> live(UUID task, int most);
}
