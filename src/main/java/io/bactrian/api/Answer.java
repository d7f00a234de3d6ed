package io.bactrian.api;

import io.bactrian.json.Json;
import io.bactrian.task.RejectFile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * What goes back to the client.
 *
 * @param status the HTTP status
 * @param headers further headers, and others than usual
 * @param body what is written as JSON; a stream goes out as it is, while it is read
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

  /** A file to be kept. */
  static Answer file(RejectFile file) {
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            "text/csv",
            "Content-Disposition",
            "attachment; filename=\"%s\"".formatted(file.name())),
        file.content());
  }

  /** What is written: bytes, or a stream. */
  Object content() {
    return body instanceof InputStream stream ? stream : bytes();
  }

  byte[] bytes() {
    return Json.write(body).getBytes(StandardCharsets.UTF_8);
  }
}
