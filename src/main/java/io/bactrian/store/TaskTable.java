package io.bactrian.store;

import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.NewTask;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskBook;
import io.bactrian.task.TaskState;
import io.bactrian.template.TaskTemplate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The table {@code tasks}: creation, ownership, time limits, due retries. */
public final class TaskTable implements TaskBook {
  private final Database database;
  private final String actor;
  private final StepTable steps;
  private final TemplateTable templates;
  private final TaskInserts inserts;
  private final StepGraph graph;
  private final TaskGateTable taskGates;
  private final TaskLock locks;
  private final NodeTable nodes;

  public TaskTable(Database database, String actor) {
    this.database = database;
    this.actor = actor;
    this.steps = new StepTable(database);
    this.templates = new TemplateTable(database);
    this.inserts = new TaskInserts(database, actor);
    this.graph = new StepGraph(database);
    this.taskGates = new TaskGateTable(database);
    this.locks = new TaskLock(database);
    this.nodes = new NodeTable(database);
  }

  @Override
  public long keep(TaskTemplate template) {
    return templates.keep(template);
  }

  @Override
  public Submitted create(NewTask task) {
    return database.commit(
        Fact.CREATE_TASK,
        () -> {
          Optional<UUID> existing = inserts.insert(task);
          if (existing.isPresent()) {
            return new Submitted(existing.get(), false);
          }
          graph.insert(task.uuid(), task.steps(), actor, "submitted");
          int ready = steps.enqueue(graph.connect(task.uuid(), task.steps()), actor);
          taskGates.count(
              task.uuid(), new Change(-ready, ready, 0, 0, 0), actor, "the first steps are ready");
          nodes.call();
          return new Submitted(task.uuid(), true);
        });
  }

  private static final String ADOPT =
      """
      update tasks t set owner_node = :node
      where t.task_uuid = any(cast(:tasks as uuid[])) and t.completed_at is null
        and not exists (
          select 1 from nodes n where n.node_uuid = t.owner_node and n.alive_until > engine_now())
      """;

  @Override
  public void adopt(Collection<UUID> tasks, UUID node) {
    database.commit(
        Fact.ADOPT,
        () ->
            database
                .jdbc()
                .sql(ADOPT)
                .param("node", node)
                .param("tasks", SqlArrays.uuids(tasks))
                .update());
  }

  private static final String OVERDUE =
      """
      select task_uuid from tasks
      where completed_at is null and deadline_at < (select engine_now())
      order by task_uuid limit 100
      """;

  @Override
  public int endOverdue() {
    List<UUID> overdue = database.read(() -> database.jdbc().sql(OVERDUE).query(UUID.class).list());
    return (int) overdue.stream().filter(this::endOverdue).count();
  }

  private boolean endOverdue(UUID task) {
    return database.commit(
        Fact.END_OVERDUE,
        () -> {
          if (!locks.tryHold(task)) {
            return false;
          }
          steps.cancelOpen(task, actor, "the task's time limit has passed");
          taskGates.close(task);
          TaskState state = taskGates.hold(task).state();
          return !state.isFinal()
              && taskGates.move(
                  task, state, TaskState.ERROR, actor, "max_duration_minutes has passed");
        });
  }

  @Override
  public int retryDue() {
    var due = new AtomicInteger();
    database.commit(
        Fact.RETRY_DUE,
        () -> {
          Map<UUID, Long> tasks =
              steps.enqueueDue(actor).stream()
                  .collect(
                      Collectors.groupingBy(task -> task, TreeMap::new, Collectors.counting()));
          tasks.forEach(
              (task, count) -> {
                int retries = count.intValue();
                taskGates.count(
                    task, new Change(0, retries, -retries, 0, 0), actor, "a retry is due");
              });
          due.set(tasks.values().stream().mapToInt(Long::intValue).sum());
        });
    return due.get();
  }
}
