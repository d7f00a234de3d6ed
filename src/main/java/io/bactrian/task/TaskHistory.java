package io.bactrian.task;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of a task and of its steps, and when. Thread safe. */
public interface TaskHistory {

  /** The newest changes of a task's and its steps' states, oldest first. */
  List<Transition> newest(UUID task, int limit);

  /** The newest attempts of a task's steps that failed, oldest first. */
  List<Attempt> failedAttempts(UUID task, int limit);

  /** The task that this one does again, if it is a rerun. */
  Optional<UUID> rerunOf(UUID task);
}
