package io.bactrian.cli;

import io.bactrian.task.Operations;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line {@code bactrian}. Exit codes stand in {@link ExitCode}. */
@Command(
    name = "bactrian",
    description = "Durable batch processing on Apache Camel and PostgreSQL.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class BactrianCommand implements Runnable {
  @Spec private CommandSpec spec;

  private BactrianCommand() {}

  /** The command line over an engine. */
  public static CommandLine over(Engines engines) {
    var line = new CommandLine(new BactrianCommand());
    line.addSubcommand("run", new RunCommand(engines));
    line.addSubcommand("resume", new ResumeCommand(engines));
    line.addSubcommand("serve", new ServeCommand(engines));
    line.addSubcommand("submit", new SubmitCommand(engines));
    line.addSubcommand("tasks", new TasksCommand(engines));
    line.addSubcommand("task", new TaskCommand(engines));
    line.addSubcommand("steps", new StepsCommand(engines));
    line.addSubcommand("watch", new WatchCommand(engines));
    addVerbs(line, engines);
    line.addSubcommand("dlq", new DeadLettersCommand(engines));
    line.addSubcommand("plan", new PlanCommand());
    line.addSubcommand("csv", new CsvCommand());
    line.addSubcommand("graph", new GraphCommand(engines));
    line.addSubcommand("templates", new TemplatesCommand(engines));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.addSubcommand("auth", new AuthCommand(engines));
    line.setExecutionExceptionHandler(new Errors());
    line.setExitCodeExceptionMapper(Errors::exitCode);
    return line;
  }

  private static void addVerbs(CommandLine line, Engines engines) {
    line.addSubcommand("retry", StepVerbCommand.retry(engines));
    line.addSubcommand("resolve", StepVerbCommand.resolve(engines));
    line.addSubcommand("complete", new CompleteCommand(engines));
    line.addSubcommand(
        "cancel",
        TaskVerbCommand.of(engines, Operations::cancel, "Ends a task; what runs is stopped."));
    line.addSubcommand(
        "pause",
        TaskVerbCommand.of(
            engines, Operations::pause, "Pauses a task; what runs ends at its next checkpoint."));
    line.addSubcommand(
        "unpause", TaskVerbCommand.of(engines, Operations::unpause, "Lets a paused task go on."));
    line.addSubcommand(
        "rerun",
        TaskVerbCommand.of(
            engines, Operations::rerun, "Submits a task at rest once more, as a new task."));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
