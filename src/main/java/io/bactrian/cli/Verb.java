package io.bactrian.cli;

import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Something an operator can do to a whole task, and how the command line tells what it did. */
interface Verb {

  Effect act(Operations operations, UUID task, By by);

  /** Prints what a verb did, and the command that goes on when no node does. */
  static void print(CommandSpec spec, Effect effect, Place place, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    String verb = spec.name();
    String goOn =
        effect.needsNode()
            ? place.resume(effect.task().toString()).map(ShellCommand::of).orElse("")
            : "";
    if (json) {
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("verb", verb);
      document.put("task_uuid", effect.task().toString());
      document.put("previous_status", effect.before().word());
      document.put("status", effect.after().word());
      document.put("steps", effect.steps());
      document.put("go_on_with", goOn.isEmpty() ? null : goOn);
      Report.json(out, document);
      return;
    }
    out.printf(
        "%s: task %s is %s, was %s%n",
        verb, effect.task(), effect.after().word(), effect.before().word());
    if (!effect.steps().isEmpty()) {
      out.printf("steps: %s%n", some(effect.steps()));
    }
    if (!goOn.isEmpty()) {
      out.printf("go on with: %s%n", goOn);
    }
    out.flush();
  }

  private static String some(List<String> names) {
    int most = 10;
    String first = String.join(", ", names.subList(0, Math.min(names.size(), most)));
    return names.size() > most ? first + " and %d more".formatted(names.size() - most) : first;
  }
}
