package io.bactrian.cli;

import java.util.LinkedHashMap;
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

  Map<String, String> settings() {
    var settings = new LinkedHashMap<>(given);
    if (databaseUrl != null) {
      settings.put("bactrian.database.url", databaseUrl);
    }
    return settings;
  }
}
