package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each promise of docs/reliability.md names tests, and they exist. */
final class ReliabilityDocTest {
  private static final Path TESTS = Path.of("src/test/java/io/bactrian");
  private static final Pattern NAMED =
      Pattern.compile("`((?:[a-z]+\\.)?[A-Z]\\w*(?:Test|Properties))(?:\\.(\\w+))?`");
  private static final Pattern METHOD = Pattern.compile("(?:void|boolean|ArchRule) (\\w+)");

  static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("docs/reliability.md")).stream()
        .filter(line -> line.startsWith("| "))
        .filter(line -> line.contains("Test") || line.matches("\\| P\\d.*"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theTestsThatARowNamesExist(String row) {
    String proofs = row.substring(row.lastIndexOf('|', row.length() - 3));
    List<MatchResult> named = NAMED.matcher(proofs).results().toList();

    assertThat(named).as("a row names its test").isNotEmpty();
    for (MatchResult proof : named) {
      assertThat(methods(proof.group(1)))
          .as(proof.group())
          .isNotEmpty()
          .containsAll(proof.group(2) == null ? List.of() : List.of(proof.group(2)));
    }
  }

  @Test
  void thePromisesAreNumberedWithoutGaps() throws IOException {
    List<String> numbers =
        rows().stream()
            .filter(row -> row.matches("\\| P\\d+ .*"))
            .map(row -> row.substring(2, row.indexOf(' ', 2)))
            .toList();

    assertThat(numbers)
        .hasSizeGreaterThan(10)
        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj(n -> "P" + n).toList());
  }

  /** The methods of all test classes of that name; a package may stand before it. */
  private static Set<String> methods(String name) {
    String end = "/" + name.replace('.', '/') + ".java";
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith(end))
          .map(ReliabilityDocTest::text)
          .flatMap(text -> METHOD.matcher(text).results())
          .map(method -> method.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
