package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.NewTask;
import io.bactrian.task.TaskBook;
import io.bactrian.task.TaskState;
import io.bactrian.template.TaskTemplate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The table {@code tasks}: creation, ownership, time limits, due retries. */
public final class TaskTable implements TaskBook {
  private final Database database;
  private final String actor;
  private final StepTable steps;
  private final StepGraph graph;
  private final TaskGateTable taskGates;
  private final TaskLock locks;
  private final NodeTable nodes;

  public TaskTable(Database database, String actor) {
    this.database = database;
    this.actor = actor;
    this.steps = new StepTable(database);
    this.graph = new StepGraph(database);
    this.taskGates = new TaskGateTable(database);
    this.locks = new TaskLock(database);
    this.nodes = new NodeTable(database);
  }

  private static final String KEEP =
      """
      insert into task_templates (namespace, name, version, content_hash, definition)
      values (:namespace, :name, :version, :hash, cast(:definition as json))
      on conflict (namespace, name, version) do update
      set content_hash = excluded.content_hash, definition = excluded.definition
      returning template_id
      """;

  @Override
  public long keep(TaskTemplate template) {
    return database.commit(
        Fact.KEEP_TEMPLATE,
        () ->
            database
                .jdbc()
                .sql(KEEP)
                .param("namespace", template.namespace())
                .param("name", template.name())
                .param("version", template.version())
                .param("hash", template.contentHash())
                .param("definition", Json.write(template.definition()))
                .query(Long.class)
                .single());
  }

  private static final String INSERT_TASK =
      """
      with task as (
        insert into tasks
          (task_uuid, template_id, context, base_folder, owner_node, rerun_of, deadline_at)
        values (:task, :template, cast(:context as json), :base_folder, cast(:owner as uuid),
                cast(:rerun_of as uuid), engine_now() + cast(:seconds as bigint) * interval '1 second')
        returning task_uuid),
      gate as (
        insert into task_gates (task_uuid, pending) select task_uuid, :steps from task)
      insert into task_transitions (task_uuid, to_state, actor, reason)
      select task_uuid, 'pending', :actor, :reason from task
      """;

  @Override
  public void create(NewTask task) {
    database.commit(
        Fact.CREATE_TASK,
        () -> {
          insertTask(task);
          graph.insert(task.uuid(), task.steps(), actor, "submitted");
          int ready = steps.enqueue(graph.connect(task.uuid(), task.steps()), actor);
          taskGates.count(
              task.uuid(), new Change(-ready, ready, 0, 0, 0), actor, "the first steps are ready");
          nodes.call();
        });
  }

  private void insertTask(NewTask task) {
    database
        .jdbc()
        .sql(INSERT_TASK)
        .param("task", task.uuid())
        .param("template", task.templateId())
        .param("context", task.context())
        .param("base_folder", task.baseFolder())
        .param("owner", task.owner().map(UUID::toString).orElse(null))
        .param("seconds", task.maxDuration().map(Duration::toSeconds).orElse(null))
        .param("steps", task.steps().size())
        .param("rerun_of", task.rerun().map(again -> again.of().toString()).orElse(null))
        .param("actor", task.rerun().map(again -> again.by().actor()).orElse(actor))
        .param("reason", task.rerun().map(TaskTable::reason).orElse("submitted"))
        .update();
  }

  private static String reason(NewTask.Rerun rerun) {
    return "rerun of %s: %s".formatted(rerun.of(), rerun.by().reason());
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
