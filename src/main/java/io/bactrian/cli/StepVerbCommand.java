package io.bactrian.cli;

import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retry}, {@code resolve}: what is done to one step, or to the task when none is named. */
@Command(mixinStandardHelpOptions = true)
final class StepVerbCommand implements Callable<Integer> {
  private final Engines engines;
  private final boolean endsTask;
  private final Verb wholeTask;
  private final StepVerb oneStep;

  @Spec private CommandSpec spec;
  @Mixin private ByOptions by = new ByOptions();
  @Mixin private Place place = new Place();

  @Parameters(index = "0", paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STEP",
      description = "A step, by its name or UUID.")
  private @Nullable String step;

  @Option(names = "--whole-task", description = "Means the task, not one step of it.")
  private boolean asWhole;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  /** Something an operator can do to one step. */
  interface StepVerb {
    Effect act(Operations operations, UUID task, String step, By by);
  }

  private StepVerbCommand(Engines engines, boolean endsTask, Verb wholeTask, StepVerb oneStep) {
    this.engines = engines;
    this.endsTask = endsTask;
    this.wholeTask = wholeTask;
    this.oneStep = oneStep;
  }

  /** Makes failed steps ready again. */
  static CommandLine retry(Engines engines) {
    var line =
        new CommandLine(new StepVerbCommand(engines, false, Operations::retry, Operations::retry));
    line.getCommandSpec()
        .usageMessage()
        .description("Makes the failed steps of a task ready again, or one step.");
    return line;
  }

  /** Settles a failed step; to settle the task must be asked for. */
  static CommandLine resolve(Engines engines) {
    var line =
        new CommandLine(
            new StepVerbCommand(engines, true, Operations::resolve, Operations::resolve));
    line.getCommandSpec()
        .usageMessage()
        .description("Settles a failed step without a result, or the whole task.");
    return line;
  }

  @Override
  public Integer call() {
    if ((step != null && asWhole) || (step == null && endsTask && !asWhole)) {
      throw new ParameterException(
          spec.commandLine(),
          "step is %s; allowed: one step, or --whole-task"
              .formatted(step == null ? "missing" : step + " with --whole-task"));
    }
    try (Client client = place.open(engines)) {
      Operations operations = client.operations();
      Effect effect =
          step == null
              ? wholeTask.act(operations, task, by.by())
              : oneStep.act(operations, task, step, by.by());
      Verb.print(spec, effect, place, json);
      return ExitCode.COMPLETE;
    }
  }
}
