package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.step.DependencyResults;
import io.bactrian.step.StepResult;
import io.bactrian.template.StepType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The results of one task, page by page: a page is read by key, so that no transaction stays open
 * while a handler works on it.
 */
final class TaskResults implements DependencyResults {
  private static final int PAGE = 1000;

  private final Database database;
  private final UUID task;
  private final Set<String> templateSteps;

  TaskResults(Database database, UUID task, Set<String> templateSteps) {
    this.database = database;
    this.task = task;
    this.templateSteps = templateSteps;
  }

  private static final String ONE =
      """
      select name, template_step, type, position, batch_index, is_no_op, results
      from workflow_steps
      where task_uuid = :task and name = :name and template_step = any(cast(:steps as text[]))
        and state = 'complete'
      """;

  @Override
  public Optional<StepResult> get(String stepName) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(ONE)
                .param("task", task)
                .param("name", stepName)
                .param("steps", SqlArrays.texts(templateSteps))
                .query(TaskResults::row)
                .optional()
                .map(Row::result));
  }

  private static final String COUNT =
      """
      select count(*) from workflow_steps
      where task_uuid = :task and template_step = :worker and not is_no_op
        and state = 'complete'
      """;

  @Override
  public long workerCount(String workerTemplate) {
    if (!templateSteps.contains(workerTemplate)) {
      return 0;
    }
    return database.read(
        () ->
            database
                .jdbc()
                .sql(COUNT)
                .param("task", task)
                .param("worker", workerTemplate)
                .query(Long.class)
                .single());
  }

  @Override
  public Stream<StepResult> workers(String workerTemplate) {
    if (!templateSteps.contains(workerTemplate)) {
      return Stream.empty();
    }
    return results(Set.of(workerTemplate))
        .filter(result -> result.batchIndex() >= 0 && !result.noOp());
  }

  @Override
  public Stream<StepResult> all() {
    return results(templateSteps);
  }

  private Stream<StepResult> results(Collection<String> steps) {
    UnaryOperator<List<Row>> next = page -> page(steps, page.get(page.size() - 1));
    return Stream.iterate(page(steps, Row.BEFORE_ALL), page -> !page.isEmpty(), next)
        .flatMap(List::stream)
        .map(Row::result);
  }

  private static final String PAGE_AFTER =
      """
      select name, template_step, type, position, batch_index, is_no_op, results
      from workflow_steps
      where task_uuid = :task and (position, batch_index) > (:position, :batch_index)
        and template_step = any(cast(:steps as text[]))
        and state = 'complete'
      order by position, batch_index limit :most
      """;

  private List<Row> page(Collection<String> steps, Row last) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(PAGE_AFTER)
                .param("task", task)
                .param("position", last.position())
                .param("batch_index", last.result().batchIndex())
                .param("steps", SqlArrays.texts(steps))
                .param("most", PAGE)
                .query(TaskResults::row)
                .list());
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    Object result = Json.readObject(row.getString("results")).get("result");
    return new Row(
        row.getInt("position"),
        new StepResult(
            row.getString("name"),
            row.getString("template_step"),
            StepType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
            row.getInt("batch_index"),
            row.getBoolean("is_no_op"),
            result == null ? Map.of() : Json.toObject(result)));
  }

  private record Row(int position, StepResult result) {
    static final Row BEFORE_ALL =
        new Row(-1, new StepResult("", "", StepType.STANDARD, -1, false, Map.of()));
  }
}
