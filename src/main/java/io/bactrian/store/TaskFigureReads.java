package io.bactrian.store;

import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts a task's steps and checkpoints. Of a task with many steps the figures are kept for a
 * second: many who look at once cost as much as one. Those of a task that has ended do not change.
 */
final class TaskFigureReads {
  static final TaskFigures NONE = new TaskFigures(0, 0, 0, 0);
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
      select asked.task_uuid,
        (select count(*) from workflow_steps s
           where s.task_uuid = asked.task_uuid and s.state = 'in_progress') as running,
        (select coalesce(sum(p.record_count), 0) from workflow_steps s
           join step_plans using (step_uuid) join plans p using (plan_id)
           where s.task_uuid = asked.task_uuid and s.type = 'batchable') as rows_total,
        coalesce(work.rows_done, 0) as rows_done, coalesce(work.rows_rejected, 0) as rows_rejected
      from unnest(cast(:tasks as uuid[])) as asked (task_uuid)
      cross join lateral (
        select sum(c.records_read) as rows_done, sum(c.records_rejected) as rows_rejected
        from workflow_steps s join checkpoints c using (step_uuid)
        where s.task_uuid = asked.task_uuid) work
      """;

  /** The figures of tasks, in one statement for those that are not kept. */
  Map<UUID, TaskFigures> of(List<Task> tasks) {
    var figures = new HashMap<UUID, TaskFigures>();
    var unknown = new ArrayList<Task>();
    for (Task task : tasks) {
      Kept last = kept.get(task.uuid());
      if (last != null && last.isGood(task)) {
        figures.put(task.uuid(), last.figures());
      } else {
        unknown.add(task);
      }
    }
    if (!unknown.isEmpty()) {
      figures.putAll(read(unknown));
    }
    for (Task task : unknown) {
      if (task.state().isFinal() || task.counts().total() >= MANY_STEPS) {
        kept.put(
            task.uuid(),
            new Kept(figures.getOrDefault(task.uuid(), NONE), System.nanoTime(), task));
      }
    }
    return figures;
  }

  private Map<UUID, TaskFigures> read(List<Task> tasks) {
    var figures = new HashMap<UUID, TaskFigures>();
    database
        .jdbc()
        .sql(FIGURES)
        .param("tasks", SqlArrays.uuids(tasks.stream().map(Task::uuid).toList()))
        .query(
            row -> {
              figures.put(
                  row.getObject("task_uuid", UUID.class),
                  new TaskFigures(
                      row.getInt("running"),
                      row.getLong("rows_total"),
                      row.getLong("rows_done"),
                      row.getLong("rows_rejected")));
            });
    return figures;
  }
}
