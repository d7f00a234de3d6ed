package io.bactrian.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bactrian.csv.BadRecord;
import io.bactrian.csv.Chunk;
import io.bactrian.json.Json;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RetryableFailure;
import io.bactrian.step.RunningStep;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Reads what a handler answered over HTTP (RFC 9110). */
final class HttpAnswer {
  private static final int LONGEST_MESSAGE = 500;
  private static final int ACCEPTED = 202;
  private static final int UNPROCESSABLE = 422;

  private final Clock clock;

  HttpAnswer(Clock clock) {
    this.clock = clock;
  }

  /**
   * The result. 202 carries a checkpoint instead, after which the handler is called again.
   *
   * @throws BadRecord for 422 that names one of the chunk's records
   * @throws RetryableFailure for 408, 425, 429 and 5xx, after the time in {@code Retry-After}
   * @throws PermanentFailure for any other status that is not 2xx, and for a body that is no object
   */
  Map<String, Object> read(Message response, RunningStep step) {
    int status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String body = Optional.ofNullable(response.getBody(String.class)).orElse("").strip();
    if (status < 200 || status > 299) {
      throw failure(status, body, response, step);
    }
    Map<String, Object> answer = object(status, body);
    if (status == ACCEPTED) {
      checkpoint(answer, step);
      return Map.of();
    }
    return answer;
  }

  private RuntimeException failure(int status, String body, Message response, RunningStep step) {
    Optional<BadRecord> bad = status == UNPROCESSABLE ? badRecord(body, step) : Optional.empty();
    if (bad.isPresent()) {
      return bad.get();
    }
    String message = "the handler answered %d: %s".formatted(status, message(body));
    boolean retryable = status == 408 || status == 425 || status == 429 || status >= 500;
    if (!retryable) {
      return new PermanentFailure(message);
    }
    return retryAfter(response.getHeader("Retry-After", String.class))
        .map(delay -> new RetryableFailure(message, delay))
        .orElseGet(() -> new RetryableFailure(message));
  }

  private static Optional<BadRecord> badRecord(String body, RunningStep step) {
    JsonNode index = tree(body).at("/bad_record/index");
    int records = step.chunkInWork().map(Chunk::recordCount).orElse(0);
    if (!index.canConvertToInt() || index.asInt() < 0 || index.asInt() >= records) {
      return Optional.empty();
    }
    return Optional.of(step.badRecord(index.asInt(), message(body)));
  }

  private Optional<Duration> retryAfter(@org.jspecify.annotations.Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration delay = Duration.between(clock.instant(), at);
      return Optional.of(delay.isNegative() ? Duration.ZERO : delay);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> object(int status, String body) {
    if (body.isEmpty()) {
      return Map.of();
    }
    try {
      return Json.readObject(body);
    } catch (IllegalArgumentException e) {
      throw new PermanentFailure(
          "the handler answered %d with %s; allowed: a JSON object or nothing"
              .formatted(status, message(body)),
          e);
    }
  }

  private static void checkpoint(Map<String, Object> answer, RunningStep step) {
    JsonNode checkpoint = Json.MAPPER.valueToTree(answer.get("checkpoint"));
    JsonNode results = checkpoint.path("accumulated_results");
    if (checkpoint.path("cursor").isMissingNode()
        || checkpoint.path("cursor").isNull()
        || !checkpoint.path("items").canConvertToLong()
        || !(results.isObject() || results.isMissingNode())) {
      throw new PermanentFailure(
          "the handler answered 202 with checkpoint %s; allowed: {\"cursor\": any value, \"items\": how many are done, \"accumulated_results\": {…}}"
              .formatted(message(checkpoint.toString())));
    }
    step.checkpoint(
        Json.MAPPER.convertValue(checkpoint.get("cursor"), Object.class),
        checkpoint.get("items").asLong(),
        results.isObject() ? Json.toObject(results) : Map.of());
  }

  /**
   * What an error body says: {@code error.message}, {@code error}, {@code message} or {@code
   * bad_record.problem}, or its text.
   */
  private static String message(String body) {
    String text = body;
    JsonNode tree = tree(body);
    for (String pointer :
        new String[] {"/error/message", "/error", "/message", "/bad_record/problem"}) {
      if (tree.at(pointer).isTextual()) {
        text = tree.at(pointer).asText();
        break;
      }
    }
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + " …" : text;
  }

  /** The body as JSON; a missing node where it is none. */
  private static JsonNode tree(String body) {
    try {
      JsonNode tree = Json.readTree(body);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance(); // The text itself says it.
    }
  }
}
