package io.bactrian;

import io.bactrian.store.RetentionRules;
import io.bactrian.template.HandlerNames;
import io.bactrian.template.Mode;
import io.bactrian.template.TemplateLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings of a process, each from the first place that has it. Immutable. */
final class Settings {
  private static final String FILE = "bactrian.properties";
  private static final String HOME = "bactrian.home";

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the settings.
   *
   * @param given what the command line says
   * @throws IllegalArgumentException for a key that does not exist
   */
  static Settings load(Map<String, String> given) {
    Map<String, String> values = defaults();
    var known = values.keySet().stream().toList();
    String home = fromOutside(HOME, given).orElse(values.getOrDefault(HOME, ""));
    Map<String, String> file = homeFile(Path.of(home));
    for (Map<String, String> source : List.of(file, given)) {
      for (String key : source.keySet()) {
        if (!known.contains(key)) {
          throw new IllegalArgumentException(
              "unknown setting %s; allowed: %s".formatted(key, String.join(", ", known)));
        }
      }
    }
    values.putAll(file);
    known.forEach(key -> fromOutside(key, given).ifPresent(value -> values.put(key, value)));
    return new Settings(values);
  }

  private static Optional<String> fromOutside(String key, Map<String, String> given) {
    String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Optional.ofNullable(given.get(key))
        .or(() -> Optional.ofNullable(System.getProperty(key)))
        .or(() -> Optional.ofNullable(System.getenv(variable)));
  }

  private static Map<String, String> defaults() {
    try (InputStream file = Settings.class.getResourceAsStream("/" + FILE)) {
      var properties = new Properties();
      properties.load(file);
      return strings(properties);
    } catch (IOException e) {
      throw new IllegalStateException("the settings' defaults are in the jar", e);
    }
  }

  private static Map<String, String> homeFile(Path home) {
    Path file = home.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      var properties = new Properties();
      properties.load(reader);
      return strings(properties);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Map<String, String> strings(Properties properties) {
    var strings = new TreeMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(k -> strings.put(k, properties.getProperty(k).strip()));
    return strings;
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no such setting: " + key);
    }
    return value;
  }

  /** All values by key, in order of the keys. */
  Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  Optional<String> optional(String key) {
    return Optional.of(text(key)).filter(value -> !value.isEmpty());
  }

  /** What a changed template means: as set, else by whether the database is shared. */
  Mode mode() {
    String mode = text("bactrian.mode");
    return switch (mode) {
      case "development" -> Mode.DEVELOPMENT;
      case "production" -> Mode.PRODUCTION;
      case "" -> optional("bactrian.database.url").isPresent() ? Mode.PRODUCTION : Mode.DEVELOPMENT;
      default ->
          throw new IllegalArgumentException(
              "setting bactrian.mode is '%s'; allowed: development, production, or nothing"
                  .formatted(mode));
    };
  }

  /** How long finished tasks stay. */
  RetentionRules retention() {
    String key = "bactrian.retention";
    return new RetentionRules(
        text("bactrian.environment"), optional(key).map(value -> duration(key)));
  }

  /** Reads templates as the environment of this process has them. */
  TemplateLoader loader(HandlerNames names) {
    return new TemplateLoader(names, text("bactrian.environment"));
  }

  int number(String key, int least) {
    return number(key, least, Integer.MAX_VALUE);
  }

  int number(String key, int least, int most) {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what is too small or too large.
    }
    throw new IllegalArgumentException(
        "setting %s is '%s'; allowed: a whole number of at least %d%s"
            .formatted(
                key, text(key), least, most == Integer.MAX_VALUE ? "" : " and at most " + most));
  }

  /** One of some words; nothing means the usual one. */
  String choice(String key, List<String> allowed, String usual) {
    String value = optional(key).orElse(usual).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          "setting %s is '%s'; allowed: %s".formatted(key, value, String.join(", ", allowed)));
    }
    return value;
  }

  boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "setting %s is '%s'; allowed: true, false".formatted(key, text(key)));
    };
  }

  /** A time such as {@code 500ms}, {@code 6s}, {@code 2m}, {@code 30d}. */
  Duration duration(String key) {
    String value = text(key);
    if (value.matches("[1-9][0-9]{0,8}ms")) {
      return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
    }
    if (value.matches("[1-9][0-9]{0,4}d")) {
      return Duration.ofDays(Long.parseLong(value.substring(0, value.length() - 1)));
    }
    if (value.matches("[1-9][0-9]{0,8}[smh]")) {
      return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    }
    throw new IllegalArgumentException(
        "setting %s is '%s'; allowed: a time such as 500ms, 6s, 2m, 30d".formatted(key, value));
  }

  /** The one folder that a setting names. */
  Path folder(String key) {
    List<Path> folders = folders(key);
    if (folders.size() != 1) {
      throw new IllegalArgumentException(
          "setting %s is '%s'; allowed: one folder".formatted(key, text(key)));
    }
    return folders.get(0);
  }

  /** Words separated by commas. */
  Set<String> names(String key) {
    return Arrays.stream(text(key).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  List<Path> folders(String key) {
    return Arrays.stream(text(key).split(",", -1))
        .map(String::strip)
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .toList();
  }
}
