package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * A parameter of an operation.
 *
 * @param name its name
 * @param isQuery whether it stands in the query, else in the path
 * @param isRequired whether it must be given
 * @param schema what it may be
 */
record Parameter(String name, boolean isQuery, boolean isRequired, JsonNode schema) {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

  /**
   * Checks a value.
   *
   * @throws Refusal that says what was found and what is allowed
   */
  void check(String value) {
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray() && !contains(allowed, value)) {
      throw refuse(value, "one of " + allowed);
    }
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (value.length() > most || value.length() < schema.path("minLength").asInt(0)) {
      throw refuse(value, schema.path("minLength").asInt(0) + " to " + most + " characters");
    }
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty() && !Pattern.matches(pattern, value)) {
      throw refuse(value, "text like " + pattern);
    }
    switch (schema.path("type").asText()) {
      case "integer" -> checkNumber(value);
      case "boolean" -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw refuse(value, "true or false");
        }
      }
      default -> checkFormat(value);
    }
  }

  private static boolean contains(JsonNode allowed, String value) {
    for (JsonNode one : allowed) {
      if (one.equals(JsonNodeFactory.instance.textNode(value))) {
        return true;
      }
    }
    return false;
  }

  private void checkNumber(String value) {
    int least = schema.path("minimum").asInt(0);
    int most = schema.path("maximum").asInt(Integer.MAX_VALUE);
    if (!WHOLE.matcher(value).matches()
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > most) {
      throw refuse(value, "a whole number from %d to %d".formatted(least, most));
    }
  }

  private void checkFormat(String value) {
    switch (schema.path("format").asText("")) {
      case "uuid" -> {
        if (!UUID_TEXT.matcher(value).matches()) {
          throw refuse(value, "a UUID");
        }
      }
      case "date-time" -> {
        try {
          Instant.parse(value);
        } catch (DateTimeParseException e) {
          throw refuse(value, "a time such as 2026-01-31T12:00:00Z");
        }
      }
      default -> {}
    }
  }

  private Refusal refuse(String value, String allowed) {
    String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return Refusal.invalid("%s is '%s'; allowed: %s".formatted(name, shown, allowed));
  }
}
