package io.bactrian.cli;

import io.bactrian.task.Page;
import io.bactrian.task.RejectFile;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.Rejects;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rejects}: the records that a task's workers have set aside. */
@Command(
    description = "Lists the records that a task has rejected, or writes them to a file.",
    mixinStandardHelpOptions = true)
final class RejectsCommand implements Callable<Integer> {
  private static final int PER_PAGE = 100;

  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private Place place = new Place();

  @Parameters(paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Option(
      names = "--step",
      paramLabel = "NAME",
      description = "Only those of this step of the template, or of this worker.")
  private @Nullable String step;

  @Option(names = "--limit", paramLabel = "N", description = "List at most so many. Default: 50")
  private int limit = 50;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "Write all of them to a file that can be corrected and submitted again:",
        "the header of the planned file, then each record byte for byte."
      })
  private @Nullable Path out;

  @Option(names = "--force", description = "With --out: replace a file that is there.")
  private boolean force;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  RejectsCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    checkOptions();
    try (Client client = place.open(engines)) {
      UUID found = new Following(client.tasks()).check(task).uuid();
      Rejects rejects = client.rejects();
      if (out == null) {
        list(rejects, found);
      } else {
        write(rejects, found, out);
      }
      return ExitCode.COMPLETE;
    }
  }

  private void checkOptions() {
    if (limit < 1) {
      throw refuse("--limit is %d; allowed: at least 1".formatted(limit));
    }
    if (force && out == null) {
      throw refuse("--force is for a file; allowed: with --out FILE");
    }
    if (out != null) {
      WholeFile.problem(out, force)
          .ifPresent(
              problem -> {
                throw refuse("--out " + problem);
              });
    }
  }

  private void list(Rejects rejects, UUID of) {
    var records = new ArrayList<RejectedRecord>();
    int size = Math.min(PER_PAGE, limit);
    Page<RejectedRecord> page = rejects.page(of, Optional.ofNullable(step), new Page.Cut(1, size));
    records.addAll(page.items());
    while (records.size() < limit && page.number() < page.pages()) {
      page = rejects.page(of, Optional.ofNullable(step), new Page.Cut(page.number() + 1, size));
      records.addAll(page.items());
    }
    List<RejectedRecord> shown = records.subList(0, Math.min(limit, records.size()));
    if (json) {
      Report.json(out(), RejectReport.map(of, page.total(), shown));
    } else if (page.total() == 0) {
      tellNone();
    } else {
      RejectReport.table(Screen.of(spec), shown);
      if (shown.size() < page.total()) {
        spec.commandLine()
            .getErr()
            .printf(
                "%d of %d; more with --limit, all as a file: %s%n",
                shown.size(),
                page.total(),
                ShellCommand.of(place.with("rejects", of.toString(), "--out", "FILE")));
      }
    }
  }

  private void write(Rejects rejects, UUID of, Path file) {
    Optional<String> chosen = Optional.ofNullable(step);
    long total = rejects.page(of, chosen, new Page.Cut(1, 1)).total();
    long bytes = 0;
    if (total > 0) {
      try (RejectFile content = rejects.file(of, chosen)) {
        bytes = WholeFile.write(file, content.content());
      }
    }
    if (json) {
      Report.json(out(), RejectReport.file(of, total, file, bytes));
    } else if (total == 0) {
      tellNone();
    } else {
      out().printf("%s: %d records, %d bytes%n", file, total, bytes);
      out().flush();
    }
  }

  private void tellNone() {
    spec.commandLine()
        .getErr()
        .printf(
            "task %s has no rejected records%s%s%n",
            task,
            step == null ? "" : " of step " + step,
            out == null ? "" : "; %s is not written".formatted(out));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private ParameterException refuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
