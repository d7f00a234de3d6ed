package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each setting of the API does. */
final class ApiSettingsTest {
  private static final String SLOW_STEP =
      """
      - route:
          id: sleeper
          from:
            uri: direct:sleeper
            steps:
              - delay:
                  expression:
                    constant: 60000
      """;
  private static final String SLOW_CALL =
      """
      - route:
          id: slow-call
          from:
            uri: platform-http:/own/slow
            steps:
              - delay:
                  expression:
                    constant: 5000
              - setBody:
                  expression:
                    constant: done
      """;
  private static final String SLOW =
      """
      name: slow
      namespace_name: demo
      version: "1"
      steps:
        - name: sleep
          handler: {callable: sleeper}
      """;

  @TempDir private Path home;

  private Map<String, String> own(Map<String, String> settings) throws IOException {
    Path routes = Files.createDirectories(home.resolve("routes"));
    Files.writeString(routes.resolve("step.camel.yaml"), SLOW_STEP);
    Files.writeString(routes.resolve("call.camel.yaml"), SLOW_CALL);
    Path templates = Files.createDirectories(home.resolve("templates"));
    Files.writeString(templates.resolve("slow.yaml"), SLOW);
    var all = new HashMap<>(settings);
    all.put("bactrian.routes.dir", routes.toString());
    all.put("bactrian.templates.dir", templates.toString());
    return all;
  }

  @Test
  void noTaskIsTakenWhileTooManyStepsWait() throws Exception {
    try (var node =
        new ApiNode(
            home, own(Map.of("bactrian.node.slots", "1", "bactrian.api.max-enqueued", "2")))) {
      ApiClient api = node.client();
      String task = "{\"namespace\": \"demo\", \"name\": \"slow\"}";
      Reply refused =
          await()
              .atMost(Duration.ofMinutes(1))
              .until(() -> api.post("/v1/tasks", task), reply -> reply.status() != 201);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.at("/error/message")).contains("bactrian.api.max-enqueued");
      api.get("/v1/tasks?per_page=100")
          .json()
          .get("tasks")
          .forEach(each -> api.delete("/v1/tasks/" + each.get("task_uuid").asText()));
    }
  }

  @Test
  void requestsBeyondThoseThatMayWaitAreToldToComeBackAndUsersRoutesAreServed() throws Exception {
    try (var node =
        new ApiNode(home, own(Map.of("bactrian.api.threads", "1", "bactrian.api.queue", "0")))) {
      ApiClient api = node.client();
      CompletableFuture<Reply> slow = CompletableFuture.supplyAsync(() -> api.get("/own/slow"));

      Reply busy =
          await()
              .atMost(Duration.ofMinutes(1))
              .until(() -> api.get("/v1/tasks"), reply -> reply.status() != 200);

      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.header("Retry-After")).isEqualTo("1");
      assertThat(slow.get(1, TimeUnit.MINUTES).json().asText()).isEqualTo("done");
      assertThat(api.get("/v1/tasks").status()).isEqualTo(200);
    }
  }

  @Test
  void offLoopbackEverybodyNeedsAKey() throws Exception {
    try (var node = new ApiNode(home, own(Map.of("bactrian.api.host", "0.0.0.0")));
        var keys = new Keys(node)) {
      var api = new ApiClient(URI.create("http://127.0.0.1:" + node.client().address().getPort()));

      assertThat(api.get("/v1/tasks").status()).isEqualTo(401);
      assertThat(api.get("/own/slow").status()).isEqualTo(401);
      assertThat(api.withKey(keys.with("tasks:*")).get("/own/slow").status()).isEqualTo(403);
      assertThat(api.withKey(keys.with("tasks:*")).get("/v1/tasks").status()).isEqualTo(200);
      assertThat(api.get("/openapi.json").status()).isEqualTo(200);
    }
  }

  @Test
  void onLoopbackOtherNamesAreRefusedUnlessTheSettingHasThem() throws Exception {
    try (var node = new ApiNode(home, Map.of("bactrian.api.hosts", "batch.example, other"))) {
      int port = node.client().address().getPort();

      assertThat(status(port, "evil.example")).isEqualTo("403");
      assertThat(status(port, "evil.example:" + port)).isEqualTo("403");
      assertThat(status(port, "localhost.evil.example")).isEqualTo("403");
      assertThat(status(port, "batch.example:8080")).isEqualTo("200");
      assertThat(status(port, "LOCALHOST:" + port)).isEqualTo("200");
      assertThat(status(port, "127.0.0.1")).isEqualTo("200");
    }
  }

  private static String status(int port, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request =
          "GET /v1/tasks HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes(12);
      return new String(line, StandardCharsets.US_ASCII).substring(9);
    }
  }
}
