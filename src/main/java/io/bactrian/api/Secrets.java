package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.access.Principal;
import io.bactrian.json.Json;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Masks the values of keys that sound like secrets, wherever they stand in what users gave:
 * contexts, inputs, results, definitions. Who has {@code secrets:read} sees them.
 */
final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(passw|secret|token|credential|api[_-]?key|private[_-]?key).*");
  static final String MASK = "***";

  private Secrets() {}

  /** Whether a key, or the name of a column, sounds like a secret. */
  static boolean isSecret(String key) {
    return SECRET.matcher(key).matches();
  }

  static JsonNode masked(Object value, Principal principal) {
    JsonNode copy = Json.MAPPER.valueToTree(value);
    if (!principal.may("secrets:read")) {
      mask(copy);
    }
    return copy;
  }

  private static void mask(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (isSecret(field.getKey()) && field.getValue().isValueNode()) {
          field.setValue(object.textNode(MASK));
        } else {
          mask(field.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(Secrets::mask);
    }
  }
}
