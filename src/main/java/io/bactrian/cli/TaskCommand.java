package io.bactrian.cli;

import io.bactrian.task.DeadLetters;
import io.bactrian.task.Receipt;
import io.bactrian.task.TaskHistory;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code task}: shows one task. */
@Command(
    description = "Shows one task, its result and what became of its steps.",
    mixinStandardHelpOptions = true)
final class TaskCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private Place place = new Place();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  TaskCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    try (Client client = place.open(engines)) {
      Optional<Receipt> receipt = client.tasks().receipt(task);
      TaskDocument document =
          receipt.isPresent()
              ? TaskDocument.of(receipt.get())
              : new Following(client.tasks()).document(task);
      History history = receipt.isPresent() ? History.of(receipt.get()) : history(client);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(TasksCommand.map(document.task()));
        map.putAll(document.toMap());
        map.putAll(history.toMap());
        receipt.ifPresent(left -> map.put("receipt", History.receipt(left)));
        Report.json(out, map);
      } else {
        Report.text(out, document, place.with("rejects", task.toString()));
        Report.options(out, document.task().options());
        receipt.ifPresentOrElse(
            left -> out.println(left.message()),
            () -> history.text(Screen.of(spec), document.steps()));
        Report.failures(out, document);
      }
      return ExitCode.COMPLETE;
    }
  }

  private History history(Client client) {
    TaskHistory history = client.history();
    return new History(
        history.rerunOf(task),
        history.failedAttempts(task, MOST),
        history.newest(task, MOST),
        client
            .deadLetters()
            .list(
                new DeadLetters.Selection(
                    Optional.empty(), Optional.empty(), Optional.of(task), MOST)));
  }
}
