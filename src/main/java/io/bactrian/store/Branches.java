package io.bactrian.store;

import io.bactrian.batch.DecisionOutcome;
import io.bactrian.json.Json;
import io.bactrian.task.NewTask.NewStep;
import io.bactrian.template.Growth;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Which steps of a task must come into being, by what it has and what its decisions said. */
final class Branches {
  private final Database database;

  Branches(Database database) {
    this.database = database;
  }

  private static final String STANDING =
      """
      select name, type, state in ('complete', 'resolved_manually') as done, results
      from workflow_steps
      where task_uuid = :task and type <> 'batch_worker'
      """;

  /** The steps that do not exist yet and must now. */
  List<NewStep> coming(UUID task, TaskTemplate template) {
    Set<String> existing = new HashSet<>();
    Map<String, List<String>> named = new HashMap<>();
    database
        .jdbc()
        .sql(STANDING)
        .param("task", task)
        .query(
            row -> {
              String name = row.getString("name");
              existing.add(name);
              if (row.getString("type").equals(StepType.DECISION.word())
                  && row.getBoolean("done")) {
                named.put(name, named(row.getString("results")));
              }
            });
    return new Growth(template, existing, named)
        .coming().stream().map(step -> NewStep.of(template, step)).toList();
  }

  /** What a decision named; one that was resolved by hand without an outcome named nothing. */
  private static List<String> named(String results) {
    if (results == null) {
      return List.of();
    }
    Object result = Objects.requireNonNullElse(Json.readObject(results).get("result"), Map.of());
    return DecisionOutcome.ofResult(Json.toObject(result))
        .map(DecisionOutcome::stepNames)
        .orElse(List.of());
  }
}
