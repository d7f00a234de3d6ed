package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code task}: shows one task. */
@Command(description = "Shows one task and its result.", mixinStandardHelpOptions = true)
final class TaskCommand implements Callable<Integer> {
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
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Map<String, Object> map = new LinkedHashMap<>(TasksCommand.map(document.task()));
        map.putAll(document.toMap());
        Report.json(out, map);
      } else {
        Report.text(out, document);
        Report.options(out, document.task().options());
        Report.failures(out, document);
      }
      return ExitCode.COMPLETE;
    }
  }
}
