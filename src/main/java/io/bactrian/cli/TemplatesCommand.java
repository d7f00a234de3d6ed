package io.bactrian.cli;

import io.bactrian.template.Loaded;
import io.bactrian.template.TaskTemplate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      description = "Lists the templates of this process.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin SettingOptions settings,
      @Option(names = "--json", description = "Print one JSON array.") boolean json) {
    List<Loaded> templates = engines.templates(settings.settings());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Report.json(out, templates.stream().map(TemplatesCommand::map).toList());
      return ExitCode.COMPLETE;
    }
    for (Loaded loaded : templates) {
      out.printf("%-60s  %s%n", loaded.template().reference(), loaded.template().description());
    }
    return ExitCode.COMPLETE;
  }

  @Command(
      name = "validate",
      description = "Checks a template file like a node would.",
      mixinStandardHelpOptions = true)
  int validate(
      @Mixin SettingOptions settings,
      @Parameters(paramLabel = "FILE", description = "The template.") Path file) {
    Loaded loaded = engines.validate(settings.settings(), file);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: valid, %s%n", file, loaded.template().reference());
    loaded.notes().forEach(note -> out.printf("note: %s%n", note));
    return ExitCode.COMPLETE;
  }

  private static Map<String, Object> map(Loaded loaded) {
    TaskTemplate template = loaded.template();
    var map = new LinkedHashMap<String, Object>();
    map.put("namespace", template.namespace());
    map.put("name", template.name());
    map.put("version", template.version());
    map.put("description", template.description());
    map.put("source", loaded.source());
    return map;
  }
}
