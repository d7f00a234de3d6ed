package io.bactrian.api;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A request that is wrong in some way.
 *
 * @param type the media type of its body; empty: it has none
 */
record BadRequest(String method, String path, String body, String type) {
  static final String UUID_TEXT = UUID.randomUUID().toString();

  static BadRequest get(String path) {
    return new BadRequest("GET", path, "", "");
  }

  static BadRequest json(String method, String path, String body) {
    return new BadRequest(method, path, body, "application/json");
  }

  /** What goes over the wire. */
  String raw() {
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(method, path);
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return type.isEmpty()
        ? head + "\r\n"
        : head
            + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n".formatted(type, length)
            + new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
