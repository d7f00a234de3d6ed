package io.bactrian.cli;

import java.util.List;
import java.util.Map;
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
    Map<String, Object> commands =
        Map.of(
            "run", new RunCommand(engines),
            "resume", new ResumeCommand(engines),
            "serve", new ServeCommand(engines),
            "submit", new SubmitCommand(engines),
            "tasks", new TasksCommand(engines),
            "task", new TaskCommand(engines),
            "steps", new StepsCommand(engines),
            "plan", new PlanCommand(),
            "csv", new CsvCommand(),
            "templates", new TemplatesCommand(engines));
    for (String name :
        List.of(
            "run",
            "resume",
            "serve",
            "submit",
            "tasks",
            "task",
            "steps",
            "plan",
            "csv",
            "templates")) {
      line.addSubcommand(name, commands.get(name));
    }
    line.setExecutionExceptionHandler(new Errors());
    line.setExitCodeExceptionMapper(Errors::exitCode);
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
