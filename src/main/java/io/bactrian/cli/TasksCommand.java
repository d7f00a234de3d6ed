package io.bactrian.cli;

import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Task;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tasks}: lists the newest tasks. */
@Command(description = "Lists the newest tasks.", mixinStandardHelpOptions = true)
final class TasksCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(names = "--limit", paramLabel = "N", description = "How many at most. Default: 20")
  private int limit = 20;

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  TasksCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    try (Engine engine = engines.client(settings.settings())) {
      List<Task> tasks = engine.tasks().newest(limit);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Report.json(out, tasks.stream().map(TasksCommand::map).toList());
        return ExitCode.COMPLETE;
      }
      out.printf(
          "%-36s  %-19s  %-11s  %-20s  %s%n", "TASK", "STATUS", "STEPS", "CREATED", "TEMPLATE");
      for (Task task : tasks) {
        out.printf(
            "%-36s  %-19s  %-11s  %-20s  %s%n",
            task.uuid(),
            task.state().word(),
            task.counts().done() + "/" + task.counts().total(),
            task.createdAt().truncatedTo(ChronoUnit.SECONDS),
            task.reference());
      }
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
