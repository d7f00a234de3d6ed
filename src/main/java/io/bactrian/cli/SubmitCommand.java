package io.bactrian.cli;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code submit}: creates a task for whichever node is there. */
@Command(
    description = "Submits a task; a serving node, or resume, works for it.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  SubmitCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    Map<String, Object> context = request.context();
    try (Engine engine = engines.client(settings.settings())) {
      UUID task = engine.submit(RunCommand.template(engine, request.reference()), context, false);
      if (json) {
        Report.json(spec.commandLine().getOut(), Map.of("task_uuid", task.toString()));
      } else {
        spec.commandLine().getOut().println(task);
      }
      return ExitCode.COMPLETE;
    }
  }
}
