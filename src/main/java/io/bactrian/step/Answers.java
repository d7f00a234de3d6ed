package io.bactrian.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a handler answered. */
public final class Answers {
  private Answers() {}

  /** The body as a JSON object; nothing is an empty one. */
  public static Map<String, Object> object(@Nullable Object body) {
    if (body == null) {
      return Map.of();
    }
    if (body instanceof Map) {
      return Json.toObject(body);
    }
    JsonNode tree = Json.MAPPER.valueToTree(body);
    if (!tree.isObject()) {
      throw new PermanentFailure(
          "the handler answered %s (%s); allowed: a map, a record, a JSON object or nothing"
              .formatted(tree.getNodeType(), body.getClass().getName()));
    }
    return Json.toObject(tree);
  }
}
