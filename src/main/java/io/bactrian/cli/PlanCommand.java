package io.bactrian.cli;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.DialectGuess;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan}: shows how a file would be divided. */
@Command(
    description = "Shows how a delimited file would be divided.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(names = "--batch-size", paramLabel = "N", description = "Records a batch. Default: 200")
  private int batchSize = 200;

  @Option(names = "--max-workers", paramLabel = "N", description = "Batches at most. Default: 5")
  private int maxWorkers = 5;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns that the header must have.")
  private List<String> columns = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Mixin private DialectOptions dialect = new DialectOptions();

  @Override
  public Integer call() {
    if (batchSize < 1 || maxWorkers < 1) {
      throw new ParameterException(
          spec.commandLine(), "--batch-size and --max-workers; allowed: at least 1");
    }
    Dialect asked = dialect.dialect();
    DialectGuess found = DialectGuess.of(file, asked);
    var guess =
        new GuessReport(file.toAbsolutePath(), asked, found, dialect.again(found.dialect()));
    try {
      Plan plan = Planner.plan(file, asked);
      print(new PlanReport(guess, plan, plan.ranges(batchSize, maxWorkers), columns));
      return ExitCode.COMPLETE;
    } catch (CsvException e) {
      return fail(guess, Problem.of(e));
    }
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
