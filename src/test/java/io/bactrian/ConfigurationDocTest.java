package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is made from the settings' file, which therefore says it all. */
final class ConfigurationDocTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final Path SETTINGS = Path.of("src/main/resources/bactrian.properties");
  private static final String WRITE = "configuration.write";
  private static final int A_GROUP = 3;

  private static final String HEAD =
      """
      # Configuration

      Each setting has one name and may be given in four places; the first that has it wins:

      1. after a command: `-Dbactrian.poll=500ms` (some settings have an option of their own, such as `--database-url`),
         or as a system property of Java in `BACTRIAN_JAVA_OPTS`;
      2. the environment: `BACTRIAN_POLL=500ms` (upper case, `.` and `-` become `_`);
      3. the file `bactrian.properties` in the home: `bactrian.poll=500ms`;
      4. the default.

      A setting that does not exist, and a value that is not allowed, is an error that names it. Times are written `500ms`,
      `6s`, `2m`, `1h`; lists are separated by commas. Beside these there is `BACTRIAN_JAVA_OPTS`: options for Java, such as
      `-Xmx2g`.

      <!-- Made from src/main/resources/bactrian.properties by: mvn test -Dtest=ConfigurationDocTest -Dconfiguration.write=true -->
      """;

  private record Setting(String key, String value, String meaning) {
    String row() {
      return "| `%s` | %s | %s |"
          .formatted(key, value.isEmpty() ? "" : "`" + value + "`", meaning.replace("|", "\\|"));
    }

    /** The second word of the key. */
    String word() {
      String[] words = key.split("\\.", -1);
      return words.length > 2 ? words[1] : "";
    }
  }

  @Test
  void thePageListsTheSettingsOfTheFile() throws IOException {
    String page = page(settings());
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "out of date; make it anew: mvn test -Dtest=%s -D%s=true",
            "ConfigurationDocTest", WRITE)
        .isEqualTo(page);
  }

  @Test
  void everySettingHasASentenceOfItsOwn() throws IOException {
    List<Setting> settings = settings();

    assertThat(settings.stream().map(Setting::key))
        .containsExactlyInAnyOrderElementsOf(Settings.load(Map.of()).all().keySet());
    assertThat(settings)
        .allSatisfy(setting -> assertThat(setting.meaning()).as(setting.key()).isNotBlank());
  }

  /** Settings that share a word with two others have a table of their own, after the others. */
  private static String page(List<Setting> settings) {
    Map<String, Long> words =
        settings.stream().collect(Collectors.groupingBy(Setting::word, Collectors.counting()));
    var groups = new TreeMap<String, StringBuilder>();
    for (Setting setting : settings) {
      String group = words.getOrDefault(setting.word(), 0L) >= A_GROUP ? setting.word() : "";
      groups.computeIfAbsent(group, ConfigurationDocTest::table).append(setting.row()).append('\n');
    }
    return HEAD + String.join("", groups.values());
  }

  private static StringBuilder table(String group) {
    String title =
        switch (group) {
          case "" -> "General";
          case "api" -> "REST API";
          default -> group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1);
        };
    return new StringBuilder(
        "\n## %s\n\n| setting | default | meaning |\n|---|---|---|\n".formatted(title));
  }

  private static List<Setting> settings() throws IOException {
    var settings = new ArrayList<Setting>();
    var comment = new ArrayList<String>();
    for (String line : Files.readAllLines(SETTINGS)) {
      int equals = line.indexOf('=');
      if (line.startsWith("#")) {
        comment.add(line.substring(1).strip());
      } else if (equals < 0) {
        comment.clear();
      } else {
        settings.add(
            new Setting(
                line.substring(0, equals), line.substring(equals + 1), String.join(" ", comment)));
        comment.clear();
      }
    }
    return settings;
  }
}
