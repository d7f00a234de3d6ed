package io.bactrian.cli;

import io.bactrian.task.DeadLetter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells dead letters to people and to programs. */
final class DeadLetterReport {
  private DeadLetterReport() {}

  static void table(Screen screen, List<DeadLetter> letters) {
    var table =
        new Table()
            .column("DEAD LETTER", Table.Kind.WHOLE)
            .column("TASK", Table.Kind.LEFT_OUT_FIRST)
            .column("REASON", Table.Kind.STATE)
            .column("RESOLUTION", Table.Kind.STATE)
            .column("PRIORITY", Table.Kind.LEFT_OUT_FIRST)
            .column("CREATED", Table.Kind.LEFT_OUT);
    for (DeadLetter letter : letters) {
      table.row(
          letter.uuid(),
          letter.task(),
          letter.reason().word(),
          letter.resolution().word(),
          letter.priority(),
          seconds(letter.createdAt()));
    }
    table.print(screen);
  }

  static void text(PrintWriter out, DeadLetter letter) {
    out.printf("dead letter  %s%n", letter.uuid());
    out.printf("task         %s%n", letter.task());
    letter.step().ifPresent(step -> out.printf("step         %s%n", step));
    out.printf("reason       %s%n", letter.reason().word());
    out.printf("found        %s%n", letter.detail());
    out.printf("created      %s%n", seconds(letter.createdAt()));
    out.printf("priority     %d%n", letter.priority());
    out.printf(
        "resolution   %s%s%n",
        letter.resolution().word(), letter.resolvedBy().map(who -> ", by " + who).orElse(""));
    letter.notes().lines().forEach(note -> out.printf("note         %s%n", note));
    out.printf("then         task %s%n", letter.snapshot().get("status"));
    if (letter.snapshot().get("steps") instanceof List<?> steps) {
      for (Object step : steps) {
        if (step instanceof Map<?, ?> map) {
          step(out, map);
        }
      }
    }
    out.flush();
  }

  private static void step(PrintWriter out, Map<?, ?> step) {
    String error = step.get("error") instanceof Map<?, ?> map ? "  " + map.get("message") : "";
    out.printf(
        "  %-32s  %-17s  %s of %s%s%n",
        step.get("name"),
        step.get("current_state"),
        step.get("attempts"),
        step.get("max_attempts"),
        error);
  }

  static Map<String, @Nullable Object> map(DeadLetter letter, boolean whole) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("dead_letter_uuid", letter.uuid().toString());
    map.put("task_uuid", letter.task().toString());
    map.put("step", letter.step().orElse(null));
    map.put("reason", letter.reason().word());
    map.put("detail", letter.detail());
    map.put("resolution", letter.resolution().word());
    map.put("priority", letter.priority());
    map.put("notes", letter.notes());
    map.put("created_at", letter.createdAt().toString());
    map.put("updated_at", letter.updatedAt().toString());
    map.put("resolved_at", letter.resolvedAt().map(Instant::toString).orElse(null));
    map.put("resolved_by", letter.resolvedBy().orElse(null));
    if (whole) {
      map.put("snapshot", letter.snapshot());
    }
    return map;
  }

  static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }
}
