package io.bactrian.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema for editors and the parser allow the same. */
final class TemplateSchemaTest {
  private static final JsonNode SCHEMA = schema();

  /** Every mapping the parser reads, by the name of its constant. */
  static Stream<Field> mappings() {
    return Arrays.stream(Keys.class.getDeclaredFields())
        .filter(field -> field.getType() == Keys.class && !field.getName().equals("ANY"));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void theSchemaHasTheKeysThatTheParserAllowsAndNoOthers(Field mapping) throws Exception {
    Keys keys = (Keys) mapping.get(null);
    JsonNode part = SCHEMA.at("/$defs/" + mapping.getName().toLowerCase(Locale.ROOT));

    List<String> names = new ArrayList<>();
    part.path("properties").fieldNames().forEachRemaining(names::add);
    assertThat(names).as(mapping.getName()).containsExactlyInAnyOrderElementsOf(keys.allowed());
    assertThat(part.path("additionalProperties").isBoolean()).isTrue();
    assertThat(part.path("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void theSchemaItselfIsValid() {
    assertThat(InputSchema.problems(SCHEMA)).isEmpty();
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("fixtures/templates"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void theShippedTemplatesFitTheSchemaAndNameItToEditors(Path file) throws IOException {
    TaskTemplate template = new TemplateLoader(new AnyNames()).load(file).template();

    assertThat(InputSchema.problems(SCHEMA, template.definition())).isEmpty();
    if (!file.toString().endsWith("_ruby.yaml")) {
      assertThat(Files.readString(file)).startsWith("# yaml-language-server: $schema=");
    }
  }

  @Test
  void whatTheParserRefusesTheSchemaRefuses() {
    for (String bad :
        List.of(
            "{\"nme\": 1}",
            "{\"steps\": []}",
            "{\"steps\": [{\"name\": \"a\"}]}",
            "{\"steps\": [{\"name\": \"4\", \"handler\": {\"callable\": \"x\"}}]}",
            "{\"steps\": [{\"name\": \"a\", \"type\": \"batch\", \"handler\": {\"callable\": \"x\"}}]}",
            "{\"steps\": [{\"name\": \"a\", \"timeout_seconds\": 0, \"handler\": {\"callable\": \"x\"}}]}",
            "{\"steps\": [{\"name\": \"a\", \"retry\": {\"backoff\": \"cubic\"}, \"handler\": {\"callable\": \"x\"}}]}")) {
      var whole =
          Json.readObject("{\"name\": \"a\", \"namespace_name\": \"b\", \"version\": \"1\"}");
      whole.putAll(Json.readObject(bad));
      assertThat(InputSchema.problems(SCHEMA, whole)).as(bad).isNotEmpty();
    }
  }

  private static JsonNode schema() {
    try (InputStream file =
        TemplateSchemaTest.class.getResourceAsStream("/schema/task-template.schema.json")) {
      return Json.readTree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
