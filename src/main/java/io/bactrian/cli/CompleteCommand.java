package io.bactrian.cli;

import io.bactrian.json.Json;
import io.bactrian.task.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

/** {@code complete}: gives a failed step its result by hand. */
@Command(
    description = "Completes a failed step by hand, with a result.",
    mixinStandardHelpOptions = true)
final class CompleteCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private ByOptions by = new ByOptions();
  @Mixin private Place place = new Place();

  @Parameters(index = "0", paramLabel = "TASK_UUID", description = "The task.")
  private UUID task = new UUID(0, 0);

  @Parameters(index = "1", paramLabel = "STEP", description = "The step, by its name or UUID.")
  private String step = "";

  @Option(
      names = "--result",
      paramLabel = "JSON",
      description = "What its handler should have answered: a JSON object.")
  private @Nullable String result;

  @Option(names = "--result-file", paramLabel = "FILE", description = "The same, in a file.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  CompleteCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    Map<String, Object> given = result();
    try (Client client = place.open(engines)) {
      Effect effect = client.operations().complete(task, step, given, by.by());
      Verb.print(spec, effect, place, json);
      return ExitCode.COMPLETE;
    }
  }

  private Map<String, Object> result() {
    try {
      if (result != null && file == null) {
        return Json.readObject(result);
      }
      if (result == null && file != null) {
        return Json.readObject(Files.readString(file));
      }
      throw new ParameterException(
          spec.commandLine(), "a result; allowed: one of --result and --result-file");
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "the result cannot be read: " + e.getMessage(), e);
    }
  }
}
