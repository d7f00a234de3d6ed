package io.bactrian.cli;

import io.bactrian.task.Operations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  private Colour colour = Colour.auto;

  private BactrianCommand() {}

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Colours: ${COMPLETION-CANDIDATES}. Default: auto, not in files and pipes, not with NO_COLOR.")
  void setColour(Colour when) {
    colour = when;
    Help.Ansi ansi =
        switch (when) {
          case auto -> Help.Ansi.AUTO;
          case always -> Help.Ansi.ON;
          case never -> Help.Ansi.OFF;
        };
    spec.root().commandLine().setColorScheme(Help.defaultColorScheme(ansi));
  }

  Colour colour() {
    return colour;
  }

  /**
   * The command line over an engine.
   *
   * @param arguments what it will be given: if that begins with the name of a command, only this
   *     one is there, since describing all takes longer than many a command
   */
  public static CommandLine over(Engines engines, String... arguments) {
    var line = new CommandLine(new BactrianCommand());
    Map<String, Supplier<Object>> commands = commands(engines);
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean one = commands.containsKey(first);
    commands.forEach(
        (name, command) -> {
          if (!one || name.equals(first)) {
            line.addSubcommand(name, command.get());
          }
        });
    line.getSubcommands().forEach(Examples::addTo);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    var errors = new Errors();
    line.setExecutionExceptionHandler(errors);
    line.setParameterExceptionHandler(errors);
    line.setExitCodeExceptionMapper(Errors::exitCode);
    return line;
  }

  /** The commands in the order in which the help lists them. */
  private static Map<String, Supplier<Object>> commands(Engines engines) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("run", () -> new RunCommand(engines));
    commands.put("resume", () -> new ResumeCommand(engines));
    commands.put("serve", () -> new ServeCommand(engines));
    commands.put("submit", () -> new SubmitCommand(engines));
    commands.put("tasks", () -> new TasksCommand(engines));
    commands.put("task", () -> new TaskCommand(engines));
    commands.put("steps", () -> new StepsCommand(engines));
    commands.put("watch", () -> new WatchCommand(engines));
    commands.put("rejects", () -> new RejectsCommand(engines));
    addVerbs(commands, engines);
    commands.put("dlq", () -> new DeadLettersCommand(engines));
    commands.put("plan", () -> new PlanCommand(engines));
    commands.put("csv", CsvCommand::new);
    commands.put("graph", () -> new GraphCommand(engines));
    commands.put("templates", () -> new TemplatesCommand(engines));
    commands.put("auth", () -> new AuthCommand(engines));
    commands.put("db", () -> new DatabaseCommand(engines));
    commands.put("completion", () -> new CompletionCommand(engines));
    return commands;
  }

  private static void addVerbs(Map<String, Supplier<Object>> commands, Engines engines) {
    commands.put("retry", () -> StepVerbCommand.retry(engines));
    commands.put("resolve", () -> StepVerbCommand.resolve(engines));
    commands.put("complete", () -> new CompleteCommand(engines));
    commands.put(
        "cancel",
        () ->
            TaskVerbCommand.of(engines, Operations::cancel, "Ends a task; what runs is stopped."));
    commands.put(
        "pause",
        () ->
            TaskVerbCommand.of(
                engines,
                Operations::pause,
                "Pauses a task; what runs ends at its next checkpoint."));
    commands.put(
        "unpause",
        () -> TaskVerbCommand.of(engines, Operations::unpause, "Lets a paused task go on."));
    commands.put(
        "rerun",
        () ->
            TaskVerbCommand.of(
                engines, Operations::rerun, "Submits a task at rest once more, as a new task."));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
