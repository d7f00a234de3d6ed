package io.bactrian.task;

import java.util.List;

/** The changes of tasks' states, for readers that keep their position themselves. Thread safe. */
public interface EventFeed {

  /** The position after which everything is still to come. */
  TaskEvent.Position now();

  /**
   * The next events after a position, in an order that nothing is committed into later: an event is
   * held back while a transaction older than its own is open.
   */
  List<TaskEvent> after(TaskEvent.Position position, int limit);
}
