package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.ApiNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are wrong in some way: each is a 4xx that says why, none is a 500. */
final class BadRequestsTest {
  @TempDir private static Path home;
  private static ApiNode node;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    node = new ApiNode(home, Map.of("bactrian.api.max-body-bytes", "65536"));
    api = node.client();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void everyBadRequestIsRefusedWithAReasonAndNoneIsOurFault() throws IOException {
    var requests = new ArrayList<>(BadAddresses.all());
    requests.addAll(BadBodies.all());
    assertThat(requests).hasSizeGreaterThanOrEqualTo(300);
    var wrong = new ArrayList<String>();
    for (BadRequest bad : requests) {
      String answer = send(bad.raw());
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      boolean told =
          answer.startsWith("HTTP/1.1 4")
              && body.startsWith("{")
              && Json.readTree(body).at("/error/message").asText().length() > 10
              && !Json.readTree(body).at("/error/code").asText().isEmpty();
      if (!told) {
        String shown = bad.toString();
        wrong.add(shown.substring(0, Math.min(150, shown.length())) + " -> " + answer);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(api.get("/v1/tasks").json().at("/pagination/total_count").asInt()).isZero();
  }

  @Test
  void whatIsNoHttpIsRefusedAndTheConnectionClosed() throws IOException {
    for (String raw :
        List.of(
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/tasks HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                + "x".repeat(40_000)
                + "\r\n\r\n",
            "GET /v1/tasks HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            "GET /v1/tasks HTTP/1.1\r\nConnection: close\r\n\r\n",
            "POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
            "GET /v1/tasks?a=b c HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GARBAGE\r\n\r\n")) {
      assertThat(send(raw))
          .as(raw.substring(0, Math.min(60, raw.length())))
          .matches("(?s)HTTP/1.[01] 4.*");
    }
  }

  private static String send(String raw) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
