package io.bactrian.cli;

import io.bactrian.task.Receipt;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.TaskState;
import io.bactrian.template.TaskTemplate;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: submits a task, works for it, prints its result. */
@Command(
    description = "Runs a workflow, or the inventory workflow on a CSV file, to its end.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private Place place = new Place();

  @Option(names = "--json", description = "Print one JSON document on stdout.")
  private boolean json;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Steps in progress at once on this node; never changes the plan.")
  private @Nullable Integer workers;

  RunCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> context = request.context();
    SubmitOptions options = request.options();
    Map<String, String> given = new LinkedHashMap<>(place.settings().settings());
    if (place.isServer()) {
      return ask(context, options);
    }
    if (workers != null) {
      if (workers < 1) {
        throw new ParameterException(
            spec.commandLine(), "--workers is %d; allowed: at least 1".formatted(workers));
      }
      given.put("bactrian.node.slots", String.valueOf(workers));
    }
    try (Engine engine = engines.node(given, true)) {
      TaskTemplate template = template(engine, request.reference());
      Report.notice(spec.commandLine().getErr(), Report.notice(template));
      UUID task = engine.submit(template, context, true, options).task();
      String goOn =
          "interrupted; the work is kept. Go on with: "
              + ShellCommand.of(place.with("resume", task.toString()));
      TaskDocument document = follow(engine, task, goOn, Waiting.POLL);
      print(document);
      return Report.exitCode(document.task().state());
    }
  }

  /** The server works, here it is only watched. */
  private int ask(Map<String, Object> context, SubmitOptions options) throws InterruptedException {
    if (workers != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--workers is for this node; a server has its own, bactrian.node.slots");
    }
    try (Client client = place.open(engines)) {
      UUID task = client.submit(request.reference(), context, options).task();
      String goOn =
          "interrupted; the server works on. Look again with: "
              + ShellCommand.of(place.with("watch", task.toString()));
      try (Waiting waiting = client.waiting(task)) {
        TaskDocument document = follow(client, task, goOn, waiting);
        print(document);
        return Report.exitCode(document.task().state());
      }
    }
  }

  private TaskDocument follow(Client client, UUID task, String goOn, Waiting waiting)
      throws InterruptedException {
    Optional<Receipt> receipt = client.tasks().receipt(task);
    if (receipt.isPresent()) {
      return TaskDocument.of(receipt.get());
    }
    var following = new Following(client.tasks(), waiting);
    try (var interruption = new Interruption(client, goOn, ExitCode.INTERRUPTED);
        var live = new LiveProgress()) {
      following.await(List.of(task), live::show);
    }
    return following.document(task);
  }

  private void print(TaskDocument document) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Report.json(out, document.toMap());
    } else {
      Report.text(out, document, place.with("rejects", document.task().uuid().toString()));
    }
    PrintWriter err = spec.commandLine().getErr();
    Report.failures(err, document);
    TaskState state = document.task().state();
    if (state == TaskState.BLOCKED_BY_FAILURES) {
      err.println("Mend the cause, then go on with: " + goOn(document.task().uuid().toString()));
    }
    if (state == TaskState.BLOCKED_BY_FAILURES || state == TaskState.ERROR) {
      err.println("Mend the cause, then start anew with: " + request.commandLine());
    }
  }

  /** Local: somebody must work for it too. */
  private String goOn(String task) {
    String retry = ShellCommand.of(place.with("retry", task));
    return place.resume(task).map(resume -> retry + " && " + ShellCommand.of(resume)).orElse(retry);
  }

  /** Finds a template, or says which there are. */
  static TaskTemplate template(Engine engine, String reference) {
    return engine
        .template(reference)
        .orElseThrow(() -> NothingThere.template("template", reference, engine.templates()));
  }
}
