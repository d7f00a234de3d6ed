package io.bactrian.cli;

import io.bactrian.step.DatabaseAway;
import io.bactrian.task.LiveTask;
import io.bactrian.task.UnknownTarget;
import java.io.PrintWriter;
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
  private static final int MOST_STEPS = 40;
  private static final long PAUSE_MILLIS = 500;

  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private Place place = new Place();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(names = "--json", description = "Print the task as one JSON document at the end.")
  private boolean json;

  WatchCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Client client = place.open(engines)) {
      var following = new Following(client.tasks());
      following.check(task);
      follow(client);
      TaskDocument document = following.document(task);
      if (json) {
        Report.json(spec.commandLine().getOut(), document.toMap());
      } else {
        PrintWriter out = spec.commandLine().getOut();
        Report.rejected(out, document, place.with("rejects", task.toString()));
        out.flush();
      }
      Report.failures(spec.commandLine().getErr(), document);
      return Report.exitCode(document.task().state());
    }
  }

  /** Shows the task until it is at rest; a database or a server that is away is waited for. */
  private void follow(Client client) throws InterruptedException {
    var view = new LiveView(Screen.of(spec));
    boolean away = false;
    try (Waiting waiting = client.waiting(task)) {
      while (true) {
        try {
          LiveTask live =
              client
                  .live()
                  .live(task, MOST_STEPS)
                  .orElseThrow(() -> new UnknownTarget("task %s is gone".formatted(task)));
          if (!json) {
            view.show(live);
          }
          if (live.overview().task().state().isAtRest()) {
            return;
          }
          away = false;
        } catch (DatabaseAway e) {
          away = tell(away, e);
        } catch (ServerRefused e) {
          if (!e.isAway()) {
            throw e;
          }
          away = tell(away, e);
        }
        waiting.await(PAUSE_MILLIS);
      }
    }
  }

  /** Says once that nobody answers. */
  private boolean tell(boolean alreadyTold, RuntimeException away) {
    if (!alreadyTold) {
      spec.commandLine().getErr().println("bactrian: " + away.getMessage() + "; tries again");
    }
    return true;
  }
}
