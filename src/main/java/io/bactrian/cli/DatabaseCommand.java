package io.bactrian.cli;

import io.bactrian.access.AuditTrail;
import io.bactrian.store.DatabaseStatus;
import io.bactrian.task.Retention;
import io.bactrian.task.Retention.Due;
import io.bactrian.task.Retention.Pruned;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        Report.json(out(), map(status, database.isEmbedded()));
      } else {
        text(status, database.isEmbedded());
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
        document.put("server", server(database.isEmbedded()));
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
        Report.json(out(), document(due, pruned, dryRun));
      } else {
        table(due);
        out().println(dryRun ? "nothing was deleted" : told(pruned));
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

  private static String told(Pruned pruned) {
    return "%d tasks, %d steps and %d plans have left; receipts stay"
        .formatted(pruned.tasks(), pruned.steps(), pruned.plans());
  }

  private void table(List<Due> due) {
    var table =
        new Table()
            .column("TEMPLATE", Table.Kind.CUT)
            .column("KEEPS", Table.Kind.WHOLE)
            .column("FINISHED", Table.Kind.LEFT_OUT)
            .column("DUE", Table.Kind.WHOLE)
            .column("STEPS", Table.Kind.LEFT_OUT)
            .column("ROWS", Table.Kind.WHOLE)
            .column("SIZE", Table.Kind.WHOLE);
    for (Due of : due) {
      table.row(
          of.template(),
          keep(of),
          of.finished(),
          of.tasks(),
          of.steps(),
          of.rows(),
          size(of.bytes()));
    }
    table.print(Screen.of(spec));
  }

  private static String keep(Due due) {
    return due.keep()
        .map(keep -> keep.toDays() > 0 ? keep.toDays() + " days" : LiveFrame.time(keep.toSeconds()))
        .orElse("forever");
  }

  private static Map<String, Object> document(List<Due> due, Pruned pruned, boolean dryRun) {
    var document = new LinkedHashMap<String, Object>();
    document.put("dry_run", dryRun);
    document.put("templates", due.stream().map(DatabaseCommand::map).toList());
    document.put("pruned_tasks", pruned.tasks());
    document.put("pruned_steps", pruned.steps());
    document.put("pruned_plans", pruned.plans());
    return document;
  }

  private static Map<String, @Nullable Object> map(Due due) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("template", due.template());
    map.put("keep_seconds", due.keep().map(keep -> keep.toSeconds()).orElse(null));
    map.put("finished_tasks", due.finished());
    map.put("due_tasks", due.tasks());
    map.put("due_steps", due.steps());
    map.put("due_rows", due.rows());
    map.put("due_bytes", due.bytes());
    return map;
  }

  private void text(DatabaseStatus status, boolean isEmbedded) {
    PrintWriter out = out();
    out.printf("server       %s, PostgreSQL %s%n", server(isEmbedded), status.serverVersion());
    out.printf("address      %s%n", status.address());
    out.printf("size         %s%n", size(status.bytes()));
    out.printf("schema       %s%n", status.schema().orElse("none"));
    out.printf("pending      %s%n", listed(status.pending()));
    if (!status.foreign().isEmpty()) {
      out.printf("of others    %s%n", listed(status.foreign()));
    }
    out.printf("connections  %d of %d%n", status.connections(), status.maxConnections());
    out.printf("live nodes   %d%n", status.liveNodes());
    status.tasks().forEach((state, count) -> out.printf("tasks        %d %s%n", count, state));
    out.printf("receipts     %d%n", status.receipts());
    out.flush();
  }

  private static Map<String, @Nullable Object> map(DatabaseStatus status, boolean isEmbedded) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("server", server(isEmbedded));
    map.put("host", status.address().host());
    map.put("port", status.address().port());
    map.put("database", status.address().database());
    map.put("user", status.address().user());
    map.put("server_version", status.serverVersion());
    map.put("bytes", status.bytes());
    map.put("schema", status.schema().orElse(null));
    map.put("pending", status.pending());
    map.put("foreign", status.foreign());
    map.put("connections", status.connections());
    map.put("max_connections", status.maxConnections());
    map.put("live_nodes", status.liveNodes());
    map.put("tasks", status.tasks());
    map.put("receipts", status.receipts());
    return map;
  }

  private static String server(boolean isEmbedded) {
    return isEmbedded ? "embedded" : "external";
  }

  private static String listed(List<String> scripts) {
    return scripts.isEmpty() ? "nothing" : String.join(", ", scripts);
  }

  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
