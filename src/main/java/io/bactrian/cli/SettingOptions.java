package io.bactrian.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that stand for settings. */
final class SettingOptions {
  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "PostgreSQL to use instead of the embedded one.")
  private @Nullable String databaseUrl;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "A setting, for instance -Dbactrian.poll=500ms.")
  private Map<String, String> given = new LinkedHashMap<>();

  /** Some words of a command, and these options after them. */
  List<String> with(String... words) {
    var command = new ArrayList<>(List.of(words));
    settings().forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
    return command;
  }

  Map<String, String> settings() {
    var settings = new LinkedHashMap<>(given);
    if (databaseUrl != null) {
      settings.put("bactrian.database.url", databaseUrl);
    }
    return settings;
  }
}
