package io.bactrian.task;

import io.bactrian.template.TaskTemplate;
import java.util.Collection;
import java.util.UUID;

/** What happens to whole tasks. Each method is one transaction. Thread safe. */
public interface TaskBook {

  /**
   * Makes true: the content of this template is known, under its revision.
   *
   * @throws io.bactrian.template.TemplateChanged if the revision has another content already
   */
  long keep(TaskTemplate template);

  /**
   * Makes true: the task, its steps, edges and gates exist, and what waits for nothing is ready; or
   * a task of the same identity existed.
   *
   * @throws DuplicateTask if one existed and the new one's options refuse that
   */
  Submitted create(NewTask task);

  /**
   * Makes true: the node is the owner of those of the tasks whose owner is dead or that have none.
   */
  void adopt(Collection<UUID> tasks, UUID node);

  /** Makes true: tasks past their time limit are in error and their open steps cancelled. */
  int endOverdue();

  /** Makes true: steps whose retry is due are ready; answers how many there were. */
  int retryDue();
}
