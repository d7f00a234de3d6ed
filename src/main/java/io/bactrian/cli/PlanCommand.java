package io.bactrian.cli;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.DialectGuess;
import io.bactrian.csv.Planner;
import io.bactrian.json.Json;
import io.bactrian.route.BatchLimits;
import io.bactrian.route.FileUse;
import io.bactrian.template.Catalog;
import io.bactrian.template.TaskTemplate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan}: shows how a file would be divided, and what a template would make of it. */
@Command(
    description = "Shows how a delimited file would be divided, and what a template needs of it.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--template",
      paramLabel = "NAMESPACE/NAME[@VERSION]",
      description = "Hold the header to what this template needs, and divide as it does.")
  private @Nullable String reference;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Records a batch. Default: the template's, or 200")
  private @Nullable Integer batchSize;

  @Option(
      names = "--max-workers",
      paramLabel = "N",
      description = "Batches at most. Default: the template's, or 5")
  private @Nullable Integer maxWorkers;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns that the header must have.")
  private List<String> columns = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Mixin private DialectOptions dialect = new DialectOptions();
  @Mixin private SettingOptions settings = new SettingOptions();

  PlanCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    Optional<TemplateUse> template = Optional.ofNullable(reference).map(this::template);
    BatchLimits limits = limits(template);
    Dialect asked = dialect.dialect();
    DialectGuess found = DialectGuess.of(file, asked);
    var guess =
        new GuessReport(file.toAbsolutePath(), asked, found, dialect.again(found.dialect()));
    try {
      print(new PlanReport(guess, Planner.plan(file, asked), limits, columns, template));
      return ExitCode.COMPLETE;
    } catch (CsvException e) {
      return fail(guess, Problem.of(e));
    }
  }

  private TemplateUse template(String wanted) {
    Catalog catalog = engines.written(settings.settings());
    TaskTemplate template =
        catalog
            .find(wanted)
            .orElseThrow(
                () ->
                    NothingThere.template(
                        "template",
                        wanted,
                        catalog.all().stream().map(TaskTemplate::reference).toList()));
    return new TemplateUse(
        template, FileUse.of(template, engines.neededColumns(settings.settings())));
  }

  private BatchLimits limits(Optional<TemplateUse> template) {
    BatchLimits usual = template.flatMap(TemplateUse::limits).orElse(BatchLimits.OF_FILES);
    var limits =
        new BatchLimits(
            batchSize == null ? usual.batchSize() : batchSize,
            maxWorkers == null ? usual.maxWorkers() : maxWorkers);
    if (limits.batchSize() < 1 || limits.maxWorkers() < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--batch-size is %d, --max-workers is %d (given, or the template's); allowed: at least 1"
              .formatted(limits.batchSize(), limits.maxWorkers()));
    }
    return limits;
  }

  private void print(PlanReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(report.document()));
    } else {
      report.print(new Facts(out));
    }
  }

  /** The guess helps most where the file is not as it was thought to be. */
  private int fail(GuessReport guess, Problem problem) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var document = new LinkedHashMap<>(guess.document());
      document.putAll(problem.toMap());
      Report.json(out, document);
    } else {
      guess.print(new Facts(out));
      out.flush();
    }
    Errors.say(spec.commandLine().getErr(), problem);
    return problem.exitCode();
  }
}
