package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every shipped route file: valid for Camel, small, commented, and without dangling names. */
final class ShippedRoutesTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Pattern FROM_DIRECT = Pattern.compile("uri: \"?(direct:[^\\s\"]+)");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(Files::isRegularFile).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsValidAgainstCamelsSchema(Path file) throws IOException {
    JsonNode schema;
    try (InputStream json =
        YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      schema = Json.readTree(new String(json.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(schema)
                .validate(Json.MAPPER.<JsonNode>valueToTree(yaml)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileHasOneRouteACommentAndFewLines(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);

    assertThat(file.toString()).endsWith(".camel.yaml");
    assertThat(lines).hasSizeLessThanOrEqualTo(60);
    assertThat(lines.get(0)).startsWith("# ");
    assertThat(lines.stream().filter(line -> line.startsWith("- "))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyDirectTargetHasARoute(Path file) throws IOException {
    Set<String> starts = new TreeSet<>();
    for (Path other : files().toList()) {
      FROM_DIRECT
          .matcher(Files.readString(other).replaceAll("(?s)\\n\\s+- to:.*?uri: \\S+", ""))
          .results()
          .forEach(found -> starts.add(found.group(1)));
    }
    FROM_DIRECT
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .forEach(target -> assertThat(starts).contains(target));
  }

  /** Camel compares the ids of nodes over all routes, those of users included. */
  @Test
  void noNodeIdStandsInTwoRoutes() throws IOException {
    var seen = new TreeSet<String>();
    for (Path file : files().toList()) {
      String text = Files.readString(file);
      if (!text.contains("- routeTemplate:")) {
        Pattern.compile("^ {5,}(- )?id: (\\S+)$", Pattern.MULTILINE)
            .matcher(text)
            .results()
            .forEach(found -> assertThat(seen.add(found.group(2))).as(found.group(2)).isTrue());
      }
    }
    assertThat(seen).isNotEmpty();
  }
}
