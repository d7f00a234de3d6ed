package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The contract {@code openapi.yaml}: what may be asked, what must be given, what is answered.
 * Requests are checked against it as it stands.
 */
final class Contract {
  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final String yaml;
  private final JsonNode document;
  private final List<Operation> operations;

  private Contract(String yaml, JsonNode document) {
    this.yaml = yaml;
    this.document = document;
    this.operations = operations(document);
  }

  /** Reads the contract from the class path. */
  static Contract load() {
    try (InputStream file = Contract.class.getResourceAsStream("/openapi.yaml")) {
      String yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      return new Contract(yaml, Json.MAPPER.valueToTree(read));
    } catch (IOException e) {
      throw new IllegalStateException("openapi.yaml is in the jar", e);
    }
  }

  String yaml() {
    return yaml;
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    return operations;
  }

  /** The operation that a method and a raw path name. */
  Optional<Operation> find(String method, String rawPath) {
    return operations.stream()
        .filter(o -> o.method().equals(method) && o.match(rawPath).matches())
        .findFirst();
  }

  /** The methods that a raw path has. */
  List<String> methods(String rawPath) {
    return operations.stream()
        .filter(o -> o.match(rawPath).matches())
        .map(Operation::method)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<Operation> operations(JsonNode document) {
    var operations = new ArrayList<Operation>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(operation(document, path, method));
        }
      }
    }
    return List.copyOf(operations);
  }

  private static Operation operation(
      JsonNode document, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> method) {
    JsonNode content = method.getValue();
    var parameters = new ArrayList<Parameter>();
    for (JsonNode list : List.of(path.getValue().path("parameters"), content.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = resolve(document, each);
        if (!parameter.get("in").asText().equals("header")) {
          parameters.add(parameter(document, parameter));
        }
      }
    }
    JsonNode requestBody = resolve(document, content.path("requestBody"));
    JsonNode body = requestBody.at("/content/application~1json/schema");
    return new Operation(
        content.get("operationId").asText(),
        method.getKey(),
        path.getKey(),
        Operation.pattern(path.getKey()),
        Optional.ofNullable(content.get("x-permission")).map(JsonNode::asText),
        parameters,
        body.isMissingNode() ? Optional.empty() : Optional.of(schema(document, body)),
        requestBody.path("required").asBoolean());
  }

  private static Parameter parameter(JsonNode document, JsonNode parameter) {
    return new Parameter(
        parameter.get("name").asText(),
        parameter.get("in").asText().equals("query"),
        parameter.path("required").asBoolean(),
        resolve(document, parameter.get("schema")));
  }

  private static JsonNode resolve(JsonNode document, JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : document.at(reference.asText().substring(1));
  }

  /** A schema of the document, whose references stay within it. */
  static Schema schema(JsonNode document, JsonNode schema) {
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("$defs", document.at("/components/schemas"));
    return SCHEMAS.getSchema(
        Json.readTree(whole.toString().replace("\"#/components/schemas/", "\"#/$defs/")));
  }

  /** What a value has that a schema does not allow; each with its place. */
  static List<Map<String, Object>> problems(Schema schema, JsonNode value) {
    return schema.validate(value).stream()
        .map(
            error ->
                Map.<String, Object>of(
                    "at", error.getInstanceLocation().toString(), "problem", error.getMessage()))
        .collect(Collectors.toList());
  }
}
