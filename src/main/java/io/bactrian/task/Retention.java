package io.bactrian.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets finished tasks leave when the time that their template, or else the default, keeps them is
 * over. A task whose dead letter is pending stays. Thread safe.
 */
public interface Retention {

  /** What would leave now, by template; those too that keep their tasks. */
  List<Due> due();

  /**
   * Makes true: some of what is due has left, in one short transaction. First the task itself and
   * all that readers find it by, while its receipt appears; later its steps, some at a time; then
   * the plans that no step reads by.
   *
   * @return what has left; nothing when nothing is due, or when somebody else prunes just now
   */
  Pruned pruneSome();

  /**
   * What of one template's finished tasks would leave.
   *
   * @param template {@code namespace/name@version}
   * @param keep how long they stay; empty = for ever
   * @param finished how many there are
   * @param tasks how many would leave
   * @param steps how many steps these have
   * @param rows how many rows they have in all tables
   * @param bytes how large these are, without indexes and dead rows
   */
  record Due(
      String template,
      Optional<Duration> keep,
      long finished,
      long tasks,
      long steps,
      long rows,
      long bytes) {}

  /** How much has left. */
  record Pruned(int tasks, int steps, int plans) {
    public static final Pruned NOTHING = new Pruned(0, 0, 0);

    public boolean isNothing() {
      return equals(NOTHING);
    }

    public Pruned plus(Pruned more) {
      return new Pruned(tasks + more.tasks, steps + more.steps, plans + more.plans);
    }
  }
}
