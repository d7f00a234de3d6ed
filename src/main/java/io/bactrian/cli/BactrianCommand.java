package io.bactrian.cli;

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
    line.addSubcommand("plan", new PlanCommand());
    line.addSubcommand("csv", new CsvCommand());
    line.addSubcommand("graph", new GraphCommand(engines));
    line.addSubcommand("templates", new TemplatesCommand(engines));
    line.setExecutionExceptionHandler(new Errors());
    line.setExitCodeExceptionMapper(Errors::exitCode);
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
