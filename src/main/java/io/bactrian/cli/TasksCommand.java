package io.bactrian.cli;

import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Task;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tasks}: lists the newest tasks. */
@Command(description = "Lists the newest tasks.", mixinStandardHelpOptions = true)
final class TasksCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private Place place = new Place();

  @Option(names = "--limit", paramLabel = "N", description = "How many at most. Default: 20")
  private int limit = 20;

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  TasksCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    try (Client client = place.open(engines)) {
      if (limit < 1) {
        throw new ParameterException(
            spec.commandLine(), "--limit is %d; allowed: at least 1".formatted(limit));
      }
      List<Task> tasks = client.tasks().newest(limit);
      if (json) {
        Report.json(spec.commandLine().getOut(), tasks.stream().map(TasksCommand::map).toList());
        return ExitCode.COMPLETE;
      }
      var table =
          new Table()
              .column("TASK", Table.Kind.WHOLE)
              .column("STATUS", Table.Kind.STATE)
              .column("STEPS", Table.Kind.LEFT_OUT)
              .column("CREATED", Table.Kind.LEFT_OUT_FIRST)
              .column("TEMPLATE", Table.Kind.CUT);
      for (Task task : tasks) {
        table.row(
            task.uuid(),
            task.state().word(),
            task.counts().done() + "/" + task.counts().total(),
            task.createdAt().truncatedTo(ChronoUnit.SECONDS),
            task.reference());
      }
      table.print(Screen.of(spec));
      return ExitCode.COMPLETE;
    }
  }

  static Map<String, Object> map(Task task) {
    var map = new LinkedHashMap<String, Object>();
    map.put("task_uuid", task.uuid().toString());
    map.put("namespace", task.namespace());
    map.put("name", task.name());
    map.put("version", task.version());
    map.put("status", task.state().word());
    map.put("total_steps", task.counts().total());
    map.put("completed_steps", task.counts().done());
    map.put("failed_steps", task.counts().failed());
    map.put("created_at", task.createdAt().toString());
    task.completedAt().ifPresent(at -> map.put("completed_at", at.toString()));
    map.put("context", task.context());
    SubmitOptions options = task.options();
    map.put("priority", options.priority());
    map.put("tags", options.tags());
    map.put("initiator", options.origin().initiator());
    map.put("reason", options.origin().reason());
    options.idempotencyKey().ifPresent(key -> map.put("idempotency_key", key));
    options.origin().correlationId().ifPresent(id -> map.put("correlation_id", id));
    options.origin().parentCorrelationId().ifPresent(id -> map.put("parent_correlation_id", id));
    return map;
  }
}
