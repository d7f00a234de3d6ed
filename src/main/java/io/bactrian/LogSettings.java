package io.bactrian;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How this process logs. The logging library reads it from system properties when the first logger
 * is made, so it is settled before anything else.
 *
 * @param level the least that Bactrian logs
 * @param camel the least that Camel logs
 * @param format plain lines, or one JSON object a line
 */
record LogSettings(String level, String camel, String format) {
  private static final String LEVEL = "bactrian.log.level";
  private static final String CAMEL = "bactrian.log.camel";
  private static final String FORMAT = "bactrian.log.format";
  private static final List<String> LEVELS =
      List.of("off", "error", "warn", "info", "debug", "trace");
  private static final List<String> FORMATS = List.of("plain", "json");

  /**
   * Reads them, as the command line, system properties, the environment and the home have them.
   *
   * @throws IllegalArgumentException for a level or a format that does not exist
   */
  static LogSettings of(String[] arguments) {
    // A serving node tells its operator what happens; other commands print it themselves.
    String usual = Arrays.asList(arguments).contains("serve") ? "info" : "off";
    Optional<Settings> settings = settings(arguments);
    return new LogSettings(
        settings.map(s -> s.choice(LEVEL, LEVELS, usual)).orElse(usual),
        settings.map(s -> s.choice(CAMEL, LEVELS, "off")).orElse("off"),
        settings.map(s -> s.choice(FORMAT, FORMATS, "plain")).orElse("plain"));
  }

  /** What is wrong with the other settings, the command says that needs them. */
  private static Optional<Settings> settings(String[] arguments) {
    try {
      return Optional.of(Settings.load(given(arguments)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> given(String[] arguments) {
    var given = new LinkedHashMap<String, String>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (argument.startsWith("-D") && equals > 0) {
        given.put(argument.substring(2, equals), argument.substring(equals + 1));
      }
    }
    return given;
  }

  /** Makes them those of this process. Where nothing is logged, the library is not even loaded. */
  void settle() {
    System.setProperty(LEVEL, level);
    System.setProperty(CAMEL, camel);
    System.setProperty(FORMAT, format);
    if (level.equals("off") && camel.equals("off")) {
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
      // Else it says so.
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }
}
