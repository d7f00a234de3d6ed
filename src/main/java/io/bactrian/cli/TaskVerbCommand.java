package io.bactrian.cli;

import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cancel}, {@code pause}, {@code unpause}, {@code rerun}: what is done to a whole task. */
@Command(mixinStandardHelpOptions = true)
final class TaskVerbCommand implements Callable<Integer> {
  private final Engines engines;
  private final Verb verb;

  @Spec private CommandSpec spec;
  @Mixin private ByOptions by = new ByOptions();
  @Mixin private Place place = new Place();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  private TaskVerbCommand(Engines engines, Verb verb) {
    this.engines = engines;
    this.verb = verb;
  }

  /** The command of a verb. */
  static CommandLine of(Engines engines, Verb verb, String description) {
    var line = new CommandLine(new TaskVerbCommand(engines, verb));
    line.getCommandSpec().usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() {
    try (Client client = place.open(engines)) {
      Verb.print(spec, verb.act(client.operations(), task, by.by()), place, json);
      return ExitCode.COMPLETE;
    }
  }
}
