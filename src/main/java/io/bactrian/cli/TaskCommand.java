package io.bactrian.cli;

import io.bactrian.task.DeadLetters;
import io.bactrian.task.TaskHistory;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code task}: shows one task. */
@Command(
    description = "Shows one task, its result and what became of its steps.",
    mixinStandardHelpOptions = true)
final class TaskCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private SettingOptions settings = new SettingOptions();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  TaskCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    try (Engine engine = engines.client(settings.settings())) {
      TaskDocument document = new Following(engine.tasks()).document(task);
      History history = history(engine);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Map<String, Object> map = new LinkedHashMap<>(TasksCommand.map(document.task()));
        map.putAll(document.toMap());
        map.putAll(history.toMap());
        Report.json(out, map);
      } else {
        Report.text(out, document);
        Report.options(out, document.task().options());
        history.text(out, document.steps());
        Report.failures(out, document);
      }
      return ExitCode.COMPLETE;
    }
  }

  private History history(Engine engine) {
    TaskHistory history = engine.history();
    return new History(
        history.rerunOf(task),
        history.failedAttempts(task, MOST),
        history.newest(task, MOST),
        engine
            .deadLetters()
            .list(
                new DeadLetters.Selection(
                    Optional.empty(), Optional.empty(), Optional.of(task), MOST)));
  }
}
