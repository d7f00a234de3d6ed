package io.bactrian.task;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The changes of tasks' states, for subscribers that each keep their own position. Thread safe.
 *
 * <p>At least once and in order: an event is given until its subscriber has said {@link #heard}.
 */
public interface TaskEvents {

  /** Where a new subscriber begins. */
  enum Start {
    /** With what happens from now on. */
    NOW,
    /** With the oldest event there is. */
    FIRST
  }

  /**
   * Makes true: the subscriber is known, and the reader alone reads for it for that long; false if
   * another reader does.
   */
  boolean take(String subscriber, Start start, UUID reader, Duration lease);

  /**
   * The next events after the subscriber's position. An event is held back while any transaction
   * older than its own is open, because that one might still commit an event to stand before it.
   */
  List<TaskEvent> next(String subscriber, int limit);

  /**
   * Makes true: the subscriber has heard this event and all before it, and the reader reads on;
   * false if another reader took over.
   */
  boolean heard(String subscriber, UUID reader, TaskEvent event, Duration lease);

  /** Makes true: another reader may read for the subscriber at once. */
  void leave(String subscriber, UUID reader);
}
