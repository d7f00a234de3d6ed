package io.bactrian.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.Origin;
import io.bactrian.task.Step;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.TaskState;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints tasks for people and for programs. */
final class Report {
  private Report() {}

  /** Exit code of a command that followed a task. */
  static int exitCode(TaskState state) {
    return state == TaskState.COMPLETE || state == TaskState.RESOLVED_MANUALLY
        ? ExitCode.COMPLETE
        : ExitCode.FAILED;
  }

  static void json(PrintWriter out, Object document) {
    try {
      out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a task cannot be written as JSON", e);
    }
  }

  /** Says what there is to say before a task is submitted. */
  static void notice(PrintWriter err, String notice) {
    if (!notice.isEmpty()) {
      err.println(notice);
      err.flush();
    }
  }

  /** That a template has another content than its version had at first, if so. */
  static String notice(TaskTemplate template) {
    return template.revision().isEmpty()
        ? ""
        : "template %s has another content than this version had; new tasks run revision %s, earlier ones keep theirs"
            .formatted(template.reference(), template.revision());
  }

  /**
   * What became of a task: state, steps, result.
   *
   * @param rejects the words of the command that shows its rejected records
   */
  static void text(PrintWriter out, TaskDocument document, List<String> rejects) {
    long complete = document.steps().stream().filter(s -> s.state() == StepState.COMPLETE).count();
    long workers = document.steps().stream().filter(s -> s.type() == StepType.BATCH_WORKER).count();
    out.printf(
        "%s: %s%n", document.task().reference(), document.task().state().word().replace('_', ' '));
    out.printf("task     %s%n", document.task().uuid());
    if (!document.steps().isEmpty()) {
      out.printf("steps    %d of %d complete%n", complete, document.steps().size());
      out.printf("workers  %d%n", workers);
    }
    rejected(out, document, rejects);
    out.printf("time     %.1f s%n", document.elapsed().toMillis() / 1000.0);
    if (document.result() != null) {
      out.println();
      value(out, "", "result", document.result());
    }
    out.flush();
  }

  /** How many records a task has set aside, if any. */
  static void rejected(PrintWriter out, TaskDocument document, List<String> rejects) {
    if (document.rejected() > 0) {
      out.printf("rejected %d   (see them: %s)%n", document.rejected(), ShellCommand.of(rejects));
    }
  }

  /** What was said with the submission. */
  static void options(PrintWriter out, SubmitOptions options) {
    Origin origin = options.origin();
    out.printf("%nby       %s%n", origin.initiator());
    out.printf("reason   %s%n", origin.reason().isEmpty() ? "-" : origin.reason());
    out.printf("priority %d%n", options.priority());
    out.printf("tags     %s%n", options.tags().isEmpty() ? "-" : String.join(", ", options.tags()));
    options.idempotencyKey().ifPresent(key -> out.printf("key      %s%n", key));
    origin.correlationId().ifPresent(id -> out.printf("called   %s%n", id));
    origin.parentCorrelationId().ifPresent(id -> out.printf("part of  %s%n", id));
    out.flush();
  }

  /** A table of steps. */
  static void steps(Screen screen, List<Step> steps) {
    var table =
        new Table()
            .column("STEP", Table.Kind.CUT)
            .column("TYPE", Table.Kind.LEFT_OUT)
            .column("STATE", Table.Kind.STATE)
            .column("ATTEMPTS", Table.Kind.WHOLE);
    for (Step step : steps) {
      table.row(
          step.name(),
          step.type().word(),
          step.state().word(),
          "%d of %d".formatted(step.attempts(), step.maxAttempts()));
    }
    table.print(screen);
  }

  /** Which steps failed and why, or that the task took too long. */
  static void failures(PrintWriter err, TaskDocument document) {
    if (document.task().state() == TaskState.ERROR) {
      err.println(
          "the task took longer than its max_duration_minutes; its open steps are cancelled");
    }
    for (TaskDocument.Failed failed : document.failed()) {
      err.printf(
          "step %s failed (attempt %d): %s%n", failed.step(), failed.attempts(), failed.message());
    }
    err.flush();
  }

  private static void value(PrintWriter out, String indent, String key, @Nullable Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.printf("%s%s%n", indent, key);
      map.forEach((name, entry) -> value(out, indent + "  ", String.valueOf(name), entry));
    } else if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
      out.printf("%s%-24s %s%n", indent, key, Json.write(value));
    } else {
      out.printf("%s%-24s %s%n", indent, key, plain(value));
    }
  }

  private static String plain(@Nullable Object value) {
    return value instanceof Number ? Json.write(value) : Objects.toString(value);
  }
}
