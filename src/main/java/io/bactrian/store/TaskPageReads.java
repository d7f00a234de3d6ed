package io.bactrian.store;

import io.bactrian.task.Page;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.StepDetail;
import io.bactrian.task.StepQuery;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskPages;
import io.bactrian.task.TaskQuery;
import io.bactrian.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks page by page. */
public final class TaskPageReads implements TaskPages {
  private static final String ASKED =
      """
      where (cast(:state as text) is null or t.state = :state)
        and (cast(:namespace as text) is null or p.namespace = :namespace)
        and (cast(:name as text) is null or p.name = :name)
        and (cast(:namespaces as text[]) is null or p.namespace = any(cast(:namespaces as text[])))
      """;

  private final Database database;
  private final TaskFigureReads figures;
  private final StepPageReads steps;
  private final ReceiptTable receipts;

  public TaskPageReads(Database database) {
    this.database = database;
    this.figures = new TaskFigureReads(database);
    this.steps = new StepPageReads(database);
    this.receipts = new ReceiptTable(database);
  }

  private static final String COUNT =
      "select count(*) from tasks t join task_templates p using (template_id)\n" + ASKED;

  @Override
  public Page<TaskOverview> tasks(TaskQuery query, Page.Cut cut) {
    return database.read(
        () -> {
          long total = asked(COUNT, query).query(Long.class).single();
          List<Task> tasks =
              asked(
                      TaskReads.TASK
                          + ASKED
                          + "order by t.created_at desc, t.task_uuid limit :size offset :offset",
                      query)
                  .param("size", cut.size())
                  .param("offset", cut.offset())
                  .query(TaskReads::task)
                  .list();
          return new Page<>(overviews(tasks), cut.number(), cut.size(), total);
        });
  }

  private JdbcClient.StatementSpec asked(String sql, TaskQuery query) {
    return database
        .jdbc()
        .sql(sql)
        .param("state", query.state().map(TaskState::word).orElse(null))
        .param("namespace", query.namespace().orElse(null))
        .param("name", query.name().orElse(null))
        .param("namespaces", query.namespaces().map(SqlArrays::texts).orElse(null));
  }

  @Override
  public Optional<TaskOverview> task(UUID task) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(TaskReads.TASK + "where t.task_uuid = :task")
                .param("task", task)
                .query(TaskReads::task)
                .optional()
                .map(found -> overviews(List.of(found)).get(0)));
  }

  @Override
  public Optional<Receipt> receipt(UUID task) {
    return receipts.find(task);
  }

  private List<TaskOverview> overviews(List<Task> tasks) {
    Map<UUID, TaskFigures> counted = figures.of(tasks);
    return tasks.stream()
        .map(
            task -> new TaskOverview(task, counted.getOrDefault(task.uuid(), TaskFigureReads.NONE)))
        .toList();
  }

  @Override
  public Page<StepDetail> steps(UUID task, StepQuery query, Page.Cut cut) {
    return steps.page(task, query, cut);
  }

  @Override
  public Optional<StepDetail> step(UUID task, UUID step) {
    return steps.find(task, step);
  }

  @Override
  public List<Step> outline(UUID task) {
    return steps.outline(task);
  }
}
