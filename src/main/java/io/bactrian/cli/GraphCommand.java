package io.bactrian.cli;

import io.bactrian.graph.Graph;
import io.bactrian.graph.Graphs;
import io.bactrian.graph.Mermaid;
import io.bactrian.graph.Svg;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.template.Catalog;
import io.bactrian.template.Loaded;
import io.bactrian.template.TaskTemplate;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graph}: draws a template or a task. */
@Command(description = "Draws a template or a task.", mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Engines engines;

  /** How it is drawn. */
  enum Format {
    mermaid,
    svg
  }

  @Spec private CommandSpec spec;
  @Mixin private Place place = new Place();

  @Parameters(
      paramLabel = "NAMESPACE/NAME[@VERSION] | FILE.yaml | TASK_UUID",
      description = "A template, a template's file, or a task, whose steps are coloured by state.")
  private String target = "";

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format = Format.mermaid;

  @Option(names = "--json", description = "Print both forms as one JSON document.")
  private boolean json;

  GraphCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    ServerClient.Drawing drawing = drawing();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var document = new LinkedHashMap<String, Object>();
      document.put("svg", drawing.svg());
      document.put("mermaid", drawing.mermaid());
      Report.json(out, document);
      return ExitCode.COMPLETE;
    }
    out.print(
        switch (format) {
          case mermaid -> drawing.mermaid();
          case svg -> drawing.svg();
        });
    out.flush();
    return ExitCode.COMPLETE;
  }

  private ServerClient.Drawing drawing() {
    if (!place.isServer()) {
      Graph graph = graph();
      return new ServerClient.Drawing(Svg.draw(graph), Mermaid.draw(graph));
    }
    ServerClient server = engines.server(place.server());
    return UUIDS.matcher(target).matches()
        ? server.draw(UUID.fromString(target))
        : server.draw(target);
  }

  private Graph graph() {
    Map<String, String> given = place.settings().settings();
    if (UUIDS.matcher(target).matches()) {
      return task(given, UUID.fromString(target));
    }
    if (Files.isRegularFile(Path.of(target))) {
      return Graphs.of(engines.validate(given, Path.of(target)).template());
    }
    return Graphs.of(template(engines.templates(given)));
  }

  private Graph task(Map<String, String> given, UUID uuid) {
    try (Engine engine = engines.client(given)) {
      Task task = new Following(engine.tasks()).check(uuid);
      List<Step> steps = engine.tasks().steps(uuid);
      Optional<TaskTemplate> template = engine.template(task.reference());
      return template
          .map(known -> Graphs.of(task, steps, known))
          .orElseGet(() -> Graphs.of(task, steps));
    }
  }

  private TaskTemplate template(Collection<Loaded> templates) {
    var catalog = new Catalog();
    templates.forEach(loaded -> catalog.add(loaded.template()));
    List<String> known = catalog.all().stream().map(TaskTemplate::reference).toList();
    return catalog
        .find(target)
        .orElseThrow(() -> NothingThere.template("template and no file", target, known));
  }
}
