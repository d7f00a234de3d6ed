package io.bactrian.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.File;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Where the context of a task started from a route comes from. */
public enum ContextSource {
  /** The body if there is one, else the headers. */
  AUTO,
  /** The body: a map, a record, a JSON tree or the text of a JSON object. */
  BODY,
  /** All headers except Camel's own. */
  HEADERS;

  /**
   * The context in a message.
   *
   * @throws IllegalArgumentException if the source is no JSON object
   */
  Map<String, Object> read(Message message) {
    return switch (this) {
      case BODY -> body(message);
      case HEADERS -> headers(message);
      case AUTO -> message.getBody() == null ? headers(message) : body(message);
    };
  }

  private static Map<String, Object> body(Message message) {
    Object body = message.getBody();
    if (isText(body)) {
      String text = message.getBody(String.class);
      return text.isBlank() ? headers(message) : Json.readObject(text);
    }
    JsonNode tree = Json.MAPPER.valueToTree(body);
    if (!tree.isObject()) {
      throw new IllegalArgumentException(
          "the body is %s; allowed as a task's context: a map, a record, a JSON object"
              .formatted(body == null ? "empty" : body.getClass().getName()));
    }
    return Json.toObject(tree);
  }

  private static boolean isText(@Nullable Object body) {
    return body instanceof CharSequence
        || body instanceof byte[]
        || body instanceof InputStream
        || body instanceof File
        || body instanceof WrappedFile<?>;
  }

  private static Map<String, Object> headers(Message message) {
    var context = new LinkedHashMap<String, Object>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!name.toLowerCase(Locale.ROOT).startsWith("camel") && value != null) {
                context.put(name, value);
              }
            });
    return Json.toObject(context);
  }
}
