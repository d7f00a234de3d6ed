package io.bactrian.cli;

import io.bactrian.task.Progress;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watch}: shows what others do for a task until it is at rest. */
@Command(
    description = "Watches a task until it ends, is blocked or paused; does not work for it.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private SettingOptions settings = new SettingOptions();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(names = "--json", description = "Print the task as one JSON document at the end.")
  private boolean json;

  private String last = "";

  WatchCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Engine engine = engines.client(settings.settings())) {
      PrintWriter out = spec.commandLine().getOut();
      var following = new Following(engine.tasks());
      following.check(task);
      following.await(List.of(task), progress -> show(out, progress));
      TaskDocument document = following.document(task);
      if (json) {
        Report.json(out, document.toMap());
      }
      Report.failures(spec.commandLine().getErr(), document);
      return Report.exitCode(document.task().state());
    }
  }

  private void show(PrintWriter out, Progress progress) {
    String line =
        "%-19s  %d of %d records  %d steps running"
            .formatted(
                progress.state().word(),
                progress.rowsDone(),
                progress.rowsTotal(),
                progress.stepsRunning());
    if (!json && !line.equals(last)) {
      out.println(line);
      out.flush();
      last = line;
    }
  }
}
