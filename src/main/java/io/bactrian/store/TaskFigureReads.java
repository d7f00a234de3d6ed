package io.bactrian.store;

import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Counts a task's steps and checkpoints. Of a task with many steps the figures are kept for a
 * second: many who look at once cost as much as one. Those of a task that has ended do not change.
 */
final class TaskFigureReads {
  private static final int MANY_STEPS = 100;
  private static final int KEPT_TASKS = 1000;
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final Database database;
  private final Map<UUID, Kept> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Kept> eldest) {
              return size() > KEPT_TASKS;
            }
          });

  TaskFigureReads(Database database) {
    this.database = database;
  }

  private record Kept(TaskFigures figures, long nanos, Task of) {
    boolean isGood(Task task) {
      boolean isFresh = task.state().isFinal() || System.nanoTime() - nanos < KEPT_NANOS;
      return isFresh && of.state() == task.state() && of.updatedAt().equals(task.updatedAt());
    }
  }

  private static final String FIGURES =
      """
      select
        (select count(*) from workflow_steps
           where task_uuid = :task and state = 'in_progress') as running,
        (select coalesce(sum(p.record_count), 0) from workflow_steps s
           join step_plans using (step_uuid) join plans p using (plan_id)
           where s.task_uuid = :task and s.type = 'batchable') as rows_total,
        coalesce(sum(c.records_read), 0) as rows_done,
        coalesce(sum(c.records_rejected), 0) as rows_rejected
      from workflow_steps s join checkpoints c using (step_uuid)
      where s.task_uuid = :task
      """;

  TaskFigures of(Task task) {
    Kept last = kept.get(task.uuid());
    if (last != null && last.isGood(task)) {
      return last.figures();
    }
    TaskFigures figures = read(task);
    if (task.state().isFinal() || task.counts().total() >= MANY_STEPS) {
      kept.put(task.uuid(), new Kept(figures, System.nanoTime(), task));
    }
    return figures;
  }

  private TaskFigures read(Task task) {
    return database
        .jdbc()
        .sql(FIGURES)
        .param("task", task.uuid())
        .query(
            (row, n) ->
                new TaskFigures(
                    row.getInt("running"),
                    row.getLong("rows_total"),
                    row.getLong("rows_done"),
                    row.getLong("rows_rejected")))
        .single();
  }
}
