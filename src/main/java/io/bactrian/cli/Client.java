package io.bactrian.cli;

import io.bactrian.task.DeadLetters;
import io.bactrian.task.LiveViews;
import io.bactrian.task.Operations;
import io.bactrian.task.Rejects;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.TaskViews;
import java.util.Map;
import java.util.UUID;

/**
 * What the commands need that look, submit and act: over the database of this home, or over the
 * REST API of a server. Both throw the same for the same cause, or {@link ServerRefused}.
 */
public interface Client extends AutoCloseable {

  TaskViews tasks();

  LiveViews live();

  TaskHistory history();

  /** What an operator can do. */
  Operations operations();

  /** Tasks that need a person. */
  DeadLetters deadLetters();

  /** The records that workers have set aside. */
  Rejects rejects();

  /**
   * Creates a task, unless one of its identity exists; any node works for it.
   *
   * @param template {@code namespace/name} or {@code namespace/name@version}
   */
  Submitted submit(String template, Map<String, Object> context, SubmitOptions options);

  /**
   * What to know before a task is submitted: that the template's version has another content than
   * at first. Empty when there is nothing to tell, or nobody here knows.
   */
  String notice(String template);

  /** Waits for changes of a task between two looks at it. */
  default Waiting waiting(UUID task) {
    return Waiting.POLL;
  }

  @Override
  void close();
}
