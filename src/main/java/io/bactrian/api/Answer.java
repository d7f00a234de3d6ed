package io.bactrian.api;

import io.bactrian.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * What goes back to the client.
 *
 * @param status the HTTP status
 * @param headers further headers
 * @param body what is written as JSON
 */
record Answer(int status, Map<String, String> headers, Object body) {
  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer ok(Object body) {
    return new Answer(200, Map.of(), body);
  }

  static Answer accepted(Object body) {
    return new Answer(202, Map.of(), body);
  }

  static Answer created(UUID task, Object body) {
    return new Answer(201, Map.of("Location", "/v1/tasks/" + task), body);
  }

  byte[] bytes() {
    return Json.write(body).getBytes(StandardCharsets.UTF_8);
  }
}
