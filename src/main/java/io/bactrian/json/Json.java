package io.bactrian.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/**
 * The one JSON mapper: decimals are {@link java.math.BigDecimal} with their scale kept, written in
 * plain notation, keys in the order given. Thread safe.
 */
public final class Json {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /** Shared mapper; treat as read-only. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  /** Writes a value as compact JSON text. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "cannot be written as JSON: "
              + value.getClass().getName()
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** Reads a JSON object as a map that keeps key order. */
  public static Map<String, Object> readObject(String json) {
    try {
      return MAPPER.readValue(json, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads a JSON object; a key that stands twice in one object is an error. */
  public static Map<String, Object> readUnambiguous(String json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      return MAPPER.readerFor(OBJECT).readValue(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a JSON object: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return e instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  /** Reads any JSON text as a tree. */
  public static JsonNode readTree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Converts a map, record or tree to a JSON object as a map. */
  public static Map<String, Object> toObject(Object value) {
    return PlainJson.copy(value).orElseGet(() -> MAPPER.convertValue(value, OBJECT));
  }

  /** What the JSON text of a map gives when it is read again. */
  public static Map<String, Object> asRead(Map<?, ?> value) {
    return PlainJson.asRead(value).orElseGet(() -> readObject(write(value)));
  }
}
