package io.bactrian.cli;

import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.Range;
import io.bactrian.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Mixin private DialectOptions dialect = new DialectOptions();

  @Override
  public Integer call() {
    if (batchSize < 1 || maxWorkers < 1) {
      throw new ParameterException(
          spec.commandLine(), "--batch-size and --max-workers; allowed: at least 1");
    }
    Plan plan = Planner.plan(file, dialect.dialect());
    List<Range> ranges = plan.ranges(batchSize, maxWorkers);
    if (json) {
      spec.commandLine().getOut().println(Json.write(document(plan, ranges)));
    } else {
      print(plan, ranges);
    }
    return ExitCode.COMPLETE;
  }

  private static Map<String, Object> document(Plan plan, List<Range> ranges) {
    var document = new LinkedHashMap<String, Object>();
    document.put("file", plan.file().toString());
    document.put("size", plan.fingerprint().size());
    document.put("dialect", plan.dialect().toMap());
    document.put("header", plan.header());
    document.put("records", plan.recordCount());
    document.put("longest_record_bytes", plan.longestRecord());
    document.put("ranges", ranges.stream().map(PlanCommand::cursor).toList());
    return document;
  }

  /** A range in the words of a worker's cursor. */
  private static Map<String, Object> cursor(Range range) {
    var cursor = new LinkedHashMap<String, Object>();
    cursor.put("start_cursor", range.start());
    cursor.put("end_cursor", range.end());
    cursor.put("batch_size", range.size());
    cursor.put("start_offset", range.startOffset());
    cursor.put("end_offset", range.endOffset());
    return cursor;
  }

  private void print(Plan plan, List<Range> ranges) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("file            %s%n", plan.file());
    out.printf("size            %d bytes%n", plan.fingerprint().size());
    out.printf("dialect         %s%n", Json.write(plan.dialect().toMap()));
    out.printf("header          %s%n", String.join(", ", plan.header()));
    out.printf("records         %d%n", plan.recordCount());
    out.printf("longest record  %d bytes%n", plan.longestRecord());
    out.printf("ranges          %d%n", ranges.size());
    for (Range range : ranges) {
      out.printf(
          "  records [%d, %d)  bytes [%d, %d)%n",
          range.start(), range.end(), range.startOffset(), range.endOffset());
    }
  }
}
