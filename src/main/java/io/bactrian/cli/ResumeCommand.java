package io.bactrian.cli;

import io.bactrian.task.Task;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: goes on with what a crash or an interruption left unfinished. */
@Command(
    description = "Continues unfinished tasks of this home after a crash or an interruption.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TASK_UUID", arity = "0..1", description = "Only this task.")
  private @Nullable UUID task;

  @Option(names = "--json", description = "Print one JSON document on stdout.")
  private boolean json;

  @Mixin private SettingOptions settings = new SettingOptions();

  ResumeCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Engine engine = engines.node(settings.settings(), true)) {
      List<UUID> chosen = task == null ? unfinished(engine) : List.of(task);
      var following = new Following(engine.tasks());
      List<UUID> tasks = known(engine, chosen);
      engine.adopt(tasks);
      String goOn =
          "interrupted; the work is kept. Go on with: " + ShellCommand.of(settings.with("resume"));
      try (var interruption = new Interruption(engine, goOn, ExitCode.INTERRUPTED);
          var live = new LiveProgress()) {
        following.await(tasks, live::show);
      }
      return print(tasks.stream().map(following::document).toList());
    }
  }

  /** What is unfinished; the newest task when nothing is. */
  private static List<UUID> unfinished(Engine engine) {
    List<Task> running = engine.tasks().running();
    List<Task> chosen = running.isEmpty() ? engine.tasks().newest(1) : running;
    if (chosen.isEmpty()) {
      throw new NothingThere(
          "there is no task in this home; start one with: ./bactrian run FILE.csv");
    }
    return chosen.stream().map(Task::uuid).toList();
  }

  /** Leaves out tasks whose template this process does not have, and says so. */
  private List<UUID> known(Engine engine, List<UUID> tasks) {
    var known = new ArrayList<UUID>();
    for (UUID uuid : tasks) {
      Task found = new Following(engine.tasks()).document(uuid).task();
      if (found.state().isAtRest() || engine.runs(found.reference())) {
        known.add(uuid);
      } else {
        spec.commandLine()
            .getErr()
            .printf(
                "task %s is left alone: its template %s is not known here (setting bactrian.templates.dir)%n",
                uuid, found.reference());
      }
    }
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "no task can be resumed with the templates of this process");
    }
    return known;
  }

  private int print(List<TaskDocument> documents) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<?> maps = documents.stream().map(TaskDocument::toMap).toList();
      Report.json(out, maps.size() == 1 ? maps.get(0) : maps);
    } else {
      documents.forEach(
          document ->
              Report.text(
                  out, document, settings.with("rejects", document.task().uuid().toString())));
    }
    documents.forEach(document -> Report.failures(spec.commandLine().getErr(), document));
    return documents.stream()
        .mapToInt(document -> Report.exitCode(document.task().state()))
        .max()
        .orElse(ExitCode.COMPLETE);
  }
}
