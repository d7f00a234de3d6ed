package io.bactrian.cli;

import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code submit}: creates a task for whichever node is there. */
@Command(
    description = "Submits a task; a serving node, or resume, works for it.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private Place place = new Place();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  SubmitCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    Map<String, Object> context = request.context();
    SubmitOptions options = request.options();
    try (Client client = place.open(engines)) {
      Report.notice(spec.commandLine().getErr(), client.notice(request.reference()));
      Submitted submitted = client.submit(request.reference(), context, options);
      if (json) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("task_uuid", submitted.task().toString());
        answer.put("created", submitted.created());
        Report.json(spec.commandLine().getOut(), answer);
      } else {
        spec.commandLine().getOut().println(submitted.task());
      }
      return ExitCode.COMPLETE;
    }
  }
}
