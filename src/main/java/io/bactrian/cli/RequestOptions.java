package io.bactrian.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.route.CsvAnalyzer;
import io.bactrian.task.SubmitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is to be run, and on what. */
final class RequestOptions {
  /** The workflow that {@code run FILE.csv} means. */
  static final String INVENTORY = "csv_processing/csv_product_inventory_analyzer";

  private static final Pattern REFERENCE =
      Pattern.compile("[A-Za-z][\\w-]*/[A-Za-z][\\w-]*(@[0-9A-Za-z.+-]+)?");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "NAMESPACE/NAME[@VERSION] | FILE.csv",
      description = "A workflow, or a file for the inventory workflow.")
  private String target = "";

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A key of the task's context.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--context", paramLabel = "FILE", description = "The context as a JSON file.")
  private @Nullable Path contextFile;

  @Mixin private DialectOptions dialect = new DialectOptions();
  @Mixin private OriginOptions origin = new OriginOptions();

  String reference() {
    return isFile() ? INVENTORY : target;
  }

  /** Priority, identity, origin. */
  SubmitOptions options() {
    try {
      return origin.read();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private boolean isFile() {
    return !REFERENCE.matcher(target).matches() || Files.exists(Path.of(target));
  }

  /** The task's context: the file's keys, then those set one by one. */
  Map<String, Object> context() {
    var context = new LinkedHashMap<String, Object>();
    if (contextFile != null) {
      context.putAll(read(contextFile));
    }
    if (isFile()) {
      context.put(CsvAnalyzer.FILE, target);
    }
    set.forEach((key, value) -> context.put(key, value(value)));
    Map<String, Object> given = dialect.given();
    if (!given.isEmpty()) {
      context.put(CsvAnalyzer.DIALECT, given);
    }
    return context;
  }

  private Map<String, Object> read(Path file) {
    try {
      return Json.readUnambiguous(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--context %s cannot be read as a JSON object: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  /** A number, a truth value, a list or an object when it reads as one, else text. */
  private static Object value(String text) {
    try {
      JsonNode tree = Json.MAPPER.readTree(text);
      boolean data = tree.isNumber() || tree.isBoolean() || tree.isContainerNode();
      return data ? Json.MAPPER.treeToValue(tree, Object.class) : text;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  /** The command once more, to be printed. */
  String commandLine() {
    return ShellCommand.of(spec.commandLine().getParseResult().originalArgs());
  }
}
