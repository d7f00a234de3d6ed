package io.bactrian.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bactrian.json.Json;
import java.util.List;
import java.util.Map;

/** Checks a task's context against the template's {@code input_schema} (JSON Schema 2020-12). */
public final class InputSchema {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final SchemaLocation META =
      SchemaLocation.of("https://json-schema.org/draft/2020-12/schema");

  private InputSchema() {}

  /** What is wrong with a schema itself; empty when it can be used. */
  static List<String> problems(JsonNode schema) {
    List<String> problems = problems(REGISTRY.getSchema(META), schema);
    return problems.isEmpty() ? references(schema) : problems;
  }

  /** A {@code $ref} that leads nowhere is found only when it is followed. */
  private static List<String> references(JsonNode schema) {
    try {
      REGISTRY.getSchema(schema).initializeValidators();
      return List.of();
    } catch (SchemaException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** What of a context the schema does not allow, each with its path; empty when all is allowed. */
  public static List<String> problems(JsonNode schema, Map<String, Object> context) {
    return problems(REGISTRY.getSchema(schema), Json.MAPPER.valueToTree(context));
  }

  private static List<String> problems(Schema schema, JsonNode instance) {
    return schema.validate(instance).stream()
        .map(error -> at(error) + ": " + error.getMessage())
        .toList();
  }

  /** Where the error is; of a property that is missing, where it should be. */
  private static String at(Error error) {
    String location = error.getInstanceLocation().toString();
    String parent = location.equals("/") ? "" : location;
    if ("required".equals(error.getKeyword()) && error.getProperty() != null) {
      return parent + "/" + error.getProperty();
    }
    return parent.isEmpty() ? "top level" : parent;
  }
}
