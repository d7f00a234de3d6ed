package io.bactrian.cli;

import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code steps}: lists the steps of one task. */
@Command(description = "Lists the steps of one task.", mixinStandardHelpOptions = true)
final class StepsCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private Place place = new Place();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  StepsCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    try (Client client = place.open(engines)) {
      TaskDocument document = new Following(client.tasks()).document(task);
      if (json) {
        Report.json(
            spec.commandLine().getOut(),
            document.steps().stream().map(TaskDocument::step).toList());
        return ExitCode.COMPLETE;
      }
      Report.steps(Screen.of(spec), document.steps());
      return ExitCode.COMPLETE;
    }
  }
}
