package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bactrian.access.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/** Makes a {@link Request} of an HTTP request, or refuses it with the reason. */
final class RequestReader {
  private static final String JSON = "application/json";

  private RequestReader() {}

  static Request read(Operation operation, Principal principal, HttpCall call) {
    checkAccept(call);
    Map<String, String> path = path(operation, call.path());
    Map<String, String> query = query(operation, call.query());
    return new Request(operation, principal, path, query, body(operation, call), call);
  }

  private static void checkAccept(HttpCall call) {
    boolean fits =
        call.header("Accept").stream()
            .flatMap(accept -> List.of(accept.split(",", -1)).stream())
            .map(type -> type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))
            .anyMatch(
                type ->
                    type.isEmpty()
                        || type.equals("*/*")
                        || type.equals("application/*")
                        || type.equals(JSON)
                        || type.equals("text/event-stream"));
    if (call.header("Accept").isPresent() && !fits) {
      throw Refusal.of(
          406,
          "not_acceptable",
          "Accept is '%s'; allowed: %s".formatted(call.header("Accept").orElse(""), JSON));
    }
  }

  private static Map<String, String> path(Operation operation, String rawPath) {
    Matcher found = operation.match(rawPath);
    var path = new LinkedHashMap<String, String>();
    if (found.matches()) {
      List<String> names = operation.pathParameters();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        String value = decode(found.group(i + 1), false);
        operation.parameter(name, false).ifPresent(p -> p.check(value));
        path.put(name, value);
      }
    }
    return path;
  }

  private static Map<String, String> query(Operation operation, String rawQuery) {
    var query = new LinkedHashMap<String, String>();
    for (String pair : rawQuery.isEmpty() ? List.<String>of() : List.of(rawQuery.split("&", -1))) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      Parameter parameter =
          operation.parameter(name, true).orElseThrow(() -> unknown(operation, name));
      parameter.check(value);
      if (query.put(name, value) != null) {
        throw Refusal.invalid("the query parameter %s is given twice".formatted(name));
      }
    }
    for (Parameter parameter : operation.parameters()) {
      if (parameter.isQuery() && parameter.isRequired() && !query.containsKey(parameter.name())) {
        throw Refusal.invalid("the query parameter %s is missing".formatted(parameter.name()));
      }
    }
    return query;
  }

  private static Refusal unknown(Operation operation, String name) {
    List<String> known =
        operation.parameters().stream().filter(Parameter::isQuery).map(Parameter::name).toList();
    return Refusal.invalid(
        "unknown query parameter '%s'; allowed: %s"
            .formatted(
                name.length() > 60 ? name.substring(0, 60) + "…" : name,
                known.isEmpty() ? "none" : String.join(", ", known)));
  }

  /** Percent decoding that takes no wrong byte. */
  private static String decode(String raw, boolean plusIsBlank) {
    var bytes = new byte[raw.length() * 3];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes[length++] = hex(raw, i + 1);
        i += 2;
      } else if (c == '+' && plusIsBlank) {
        bytes[length++] = ' ';
      } else {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          bytes[length++] = b;
        }
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      if (text.indexOf('\0') >= 0) {
        throw Refusal.invalid("the URL holds the character NUL");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw Refusal.invalid("the URL is not UTF-8");
    }
  }

  private static byte hex(String raw, int at) {
    if (at + 2 <= raw.length()) {
      int high = Character.digit(raw.charAt(at), 16);
      int low = Character.digit(raw.charAt(at + 1), 16);
      if (high >= 0 && low >= 0) {
        return (byte) (high << 4 | low);
      }
    }
    throw Refusal.invalid("the URL has a % without two hexadecimal digits");
  }

  private static JsonNode body(Operation operation, HttpCall call) {
    if (operation.body().isEmpty()) {
      if (call.body().length() > 0) {
        throw Refusal.invalid(
            "%s %s takes no body".formatted(operation.method(), operation.path()));
      }
      return MissingNode.getInstance();
    }
    if (call.body().length() == 0 && !operation.isBodyRequired()) {
      return JsonNodeFactory.instance.objectNode();
    }
    String type = call.header("Content-Type").orElse("").split(";", -1)[0].strip();
    if (!type.toLowerCase(Locale.ROOT).equals(JSON)) {
      throw Refusal.of(
          415, "unsupported_media_type", "Content-Type is '%s'; allowed: %s".formatted(type, JSON));
    }
    JsonNode body = RequestJson.read(call.body().getBytes());
    List<Map<String, Object>> problems = Contract.problems(operation.body().orElseThrow(), body);
    if (!problems.isEmpty()) {
      throw Refusal.invalid("the body is not as the contract says").with(problems);
    }
    return body;
  }
}
