package io.bactrian.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads JSON from strangers: strict UTF-8, no key twice, bounded in depth and in numbers. */
final class RequestJson {
  private static final int DEPTH = 64;
  private static final int DIGITS = 400;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(DIGITS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private RequestJson() {}

  /**
   * Reads a body.
   *
   * @throws Refusal that says why it is none
   */
  static JsonNode read(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonNode read = MAPPER.readTree(text);
      if (read == null || read.isMissingNode()) {
        throw malformed("the body is empty");
      }
      check(read);
      return read;
    } catch (CharacterCodingException e) {
      throw malformed("the body is not UTF-8");
    } catch (JsonProcessingException e) {
      throw malformed(e.getOriginalMessage().lines().findFirst().orElse("it cannot be read"));
    }
  }

  private static Refusal malformed(String why) {
    return Refusal.of(400, "malformed_json", "the body is no JSON that is taken here: " + why);
  }

  /** What JSON allows and PostgreSQL, or a plain number, cannot hold. */
  private static void check(JsonNode node) {
    if (node.isTextual()) {
      checkText(node.textValue());
    } else if (node.isBigDecimal() && Math.abs(node.decimalValue().scale()) > DIGITS) {
      throw malformed("a number has an exponent beyond " + DIGITS);
    } else {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        checkText(field.getKey());
      }
      node.forEach(RequestJson::check);
    }
  }

  /**
   * @throws Refusal for NUL and for halves of surrogate pairs
   */
  static void checkText(String text) {
    if (text.indexOf('\0') >= 0) {
      throw malformed("a text holds the character NUL");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw malformed("a text holds half of a surrogate pair");
    }
  }
}
