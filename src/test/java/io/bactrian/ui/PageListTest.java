package io.bactrian.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard's files and the list of what is served know each other. */
final class PageListTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern IMPORT = Pattern.compile("from \"(\\.[^\"]+)\"");
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

  @Test
  void everyFileOfTheDashboardIsServedAndEveryPageIsThere() throws IOException {
    Properties pages = pages();

    Set<String> own =
        pages.values().stream()
            .map(String::valueOf)
            .filter(resource -> resource.startsWith("ui/"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(own).isEqualTo(files().map(Path::toString).collect(Collectors.toSet()));
    for (Object resource : pages.values()) {
      assertThat(PageListTest.class.getResource("/" + resource)).as("%s", resource).isNotNull();
    }
  }

  @Test
  void everyImportLeadsToAFileAndEveryLinkToAPage() throws IOException {
    for (Path file : files().filter(f -> f.toString().endsWith(".js")).toList()) {
      for (String imported : found(IMPORT, file)) {
        Path target = RESOURCES.resolve(file).resolveSibling(imported).normalize();
        assertThat(target).as("%s imports %s", file, imported).exists();
      }
    }
    assertThat(pages().stringPropertyNames()).containsAll(found(LINK, Path.of("ui/index.html")));
  }

  @Test
  void noFileOfTheDashboardIsLong() throws IOException {
    for (Path file : files().toList()) {
      assertThat(Files.readAllLines(RESOURCES.resolve(file))).as("%s", file).hasSizeLessThan(200);
    }
  }

  private static Properties pages() throws IOException {
    var pages = new Properties();
    try (Reader list = Files.newBufferedReader(RESOURCES.resolve("pages.properties"))) {
      pages.load(list);
    }
    return pages;
  }

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(RESOURCES.resolve("ui"))) {
      return all.filter(Files::isRegularFile).map(RESOURCES::relativize).toList().stream();
    }
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(RESOURCES.resolve(file)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
