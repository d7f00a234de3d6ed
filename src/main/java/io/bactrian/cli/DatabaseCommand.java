package io.bactrian.cli;

import io.bactrian.access.AuditTrail;
import io.bactrian.store.DatabaseStatus;
import io.bactrian.task.Retention;
import io.bactrian.task.Retention.Due;
import io.bactrian.task.Retention.Pruned;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code db}: the database itself. */
@Command(
    description =
        "The database: how it is, its schema, its URL, and finished tasks that are due to leave it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class DatabaseCommand implements Runnable {
  private static final long PAUSE_MILLIS = 20;

  private final Engines engines;

  @Spec private CommandSpec spec;

  DatabaseCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing: status, migrate, prune or url");
  }

  @Command(
      name = "status",
      description = "Shows server, size, schema and what is in it; changes nothing.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin SettingOptions settings,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    try (DatabaseCare database = engines.database(settings.settings())) {
      DatabaseStatus status = database.status();
      if (json) {
        Report.json(out(), DatabaseReport.map(status, database.isEmbedded()));
      } else {
        DatabaseReport.text(out(), status, database.isEmbedded());
      }
      return ExitCode.COMPLETE;
    }
  }

  @Command(
      name = "migrate",
      description = "Brings the schema up to date; every other command does so too.",
      mixinStandardHelpOptions = true)
  int migrate(
      @Mixin SettingOptions settings,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    try (DatabaseCare database = engines.database(settings.settings())) {
      DatabaseStatus before = database.status();
      database.migrate();
      String now = database.status().schema().orElse("none");
      if (json) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("previous_schema", before.schema().orElse(null));
        document.put("schema", now);
        document.put("applied", before.pending());
        Report.json(out(), document);
      } else {
        out()
            .printf(
                "schema %s, was %s; %d scripts applied%n",
                now, before.schema().orElse("none"), before.pending().size());
      }
      return ExitCode.COMPLETE;
    }
  }

  @Command(
      name = "url",
      description = "Prints the URL for psql and other clients, without the password.",
      mixinStandardHelpOptions = true)
  int url(
      @Mixin SettingOptions settings,
      @Option(names = "--with-password", description = "With the password: a secret.")
          boolean withPassword,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    try (DatabaseCare database = engines.database(settings.settings())) {
      String url = database.url(withPassword);
      if (json) {
        var document = new LinkedHashMap<String, Object>();
        document.put("url", url);
        document.put("server", DatabaseReport.server(database.isEmbedded()));
        Report.json(out(), document);
      } else {
        out().println(url);
      }
      if (database.isEmbedded()) {
        spec.commandLine()
            .getErr()
            .println(
                "the embedded server answers there as long as a bactrian process runs in this home");
      }
      return ExitCode.COMPLETE;
    }
  }

  @Command(
      name = "prune",
      description = {
        "Lets finished tasks leave whose retention is over; a serving node does so by itself.",
        "How long they stay: key retention of the template, else the setting bactrian.retention."
      },
      mixinStandardHelpOptions = true)
  int prune(
      @Mixin SettingOptions settings,
      @Mixin ByOptions by,
      @Option(names = "--dry-run", description = "Only say what would leave.") boolean dryRun,
      @Option(names = "--json", description = "Print one JSON document.") boolean json)
      throws InterruptedException {
    try (DatabaseCare database = engines.database(settings.settings())) {
      Retention retention = database.retention();
      List<Due> due = retention.due();
      Pruned pruned = dryRun ? Pruned.NOTHING : prune(retention);
      if (!pruned.isNothing()) {
        String actor = by.by().actor();
        String what = "%d tasks".formatted(pruned.tasks());
        database
            .trail()
            .note(new AuditTrail.Entry(actor, "db prune", what, by.by().reason(), true));
      }
      if (json) {
        Report.json(out(), RetentionReport.map(due, pruned, dryRun));
      } else {
        RetentionReport.table(Screen.of(spec), due);
        out().println(dryRun ? "nothing was deleted" : RetentionReport.told(pruned));
      }
      return ExitCode.COMPLETE;
    }
  }

  private static Pruned prune(Retention retention) throws InterruptedException {
    Pruned all = Pruned.NOTHING;
    for (Pruned some = retention.pruneSome(); !some.isNothing(); some = retention.pruneSome()) {
      all = all.plus(some);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return all;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
