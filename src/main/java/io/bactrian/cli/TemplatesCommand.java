package io.bactrian.cli;

import io.bactrian.template.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code templates}: lists and checks task templates. */
@Command(description = "Lists and checks task templates.", mixinStandardHelpOptions = true)
final class TemplatesCommand implements Runnable {
  private final Engines engines;

  @Spec private CommandSpec spec;

  TemplatesCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      description = "Lists the templates of this process, or of a server.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Place place,
      @Option(names = "--json", description = "Print one JSON array.") boolean json) {
    List<TemplateLine> templates =
        place.isServer()
            ? engines.server(place.server()).templateLines()
            : engines.templates(place.settings().settings()).stream()
                .map(TemplateLine::of)
                .toList();
    if (json) {
      Report.json(
          spec.commandLine().getOut(), templates.stream().map(TemplateLine::toMap).toList());
      return ExitCode.COMPLETE;
    }
    var table =
        new Table().column("TEMPLATE", Table.Kind.WHOLE).column("DESCRIPTION", Table.Kind.CUT);
    templates.forEach(template -> table.row(template.reference(), template.description()));
    table.print(Screen.of(spec));
    return ExitCode.COMPLETE;
  }

  @Command(
      name = "validate",
      description = "Checks a template file like a node would.",
      mixinStandardHelpOptions = true)
  int validate(
      @Mixin SettingOptions settings,
      @Parameters(paramLabel = "FILE", description = "The template.") Path file,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    Loaded loaded = engines.validate(settings.settings(), file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var document = new LinkedHashMap<String, Object>();
      document.put("file", file.toString());
      document.put("valid", true);
      document.put("template", loaded.template().reference());
      document.put("notes", loaded.notes());
      Report.json(out, document);
      return ExitCode.COMPLETE;
    }
    out.printf("%s: valid, %s%n", file, loaded.template().reference());
    loaded.notes().forEach(note -> out.printf("note: %s%n", note));
    return ExitCode.COMPLETE;
  }
}
