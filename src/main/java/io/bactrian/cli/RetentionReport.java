package io.bactrian.cli;

import io.bactrian.task.Retention.Due;
import io.bactrian.task.Retention.Pruned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what is due to leave the database and what has left, to people and to programs. */
final class RetentionReport {
  private RetentionReport() {}

  static void table(Screen screen, List<Due> due) {
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
          DatabaseReport.size(of.bytes()));
    }
    table.print(screen);
  }

  private static String keep(Due due) {
    return due.keep()
        .map(keep -> keep.toDays() > 0 ? keep.toDays() + " days" : LiveFrame.time(keep.toSeconds()))
        .orElse("forever");
  }

  /** What has left, in a sentence. */
  static String told(Pruned pruned) {
    return "%d tasks, %d steps and %d plans have left; receipts stay"
        .formatted(pruned.tasks(), pruned.steps(), pruned.plans());
  }

  static Map<String, Object> map(List<Due> due, Pruned pruned, boolean dryRun) {
    var document = new LinkedHashMap<String, Object>();
    document.put("dry_run", dryRun);
    document.put("templates", due.stream().map(RetentionReport::map).toList());
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
}
