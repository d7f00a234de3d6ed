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
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are wrong in some way: each is a 4xx that says why, none is a 500. */
final class BadRequestsTest {
  private static final String UUID_TEXT = UUID.randomUUID().toString();
  private static final String TASK =
      "\"namespace\": \"csv_processing\", \"name\": \"csv_product_inventory_analyzer\"";

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

  private record Bad(String method, String path, String body, String type) {
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

  private static Bad get(String path) {
    return new Bad("GET", path, "", "");
  }

  private static Bad json(String method, String path, String body) {
    return new Bad(method, path, body, "application/json");
  }

  /** At least 300 of them. */
  static List<Bad> requests() {
    var bad = new ArrayList<Bad>();
    List<String> notUuids =
        List.of(
            "x",
            "1",
            "%20",
            "%27",
            "%00",
            "..%2f..",
            UUID_TEXT + "0",
            "null",
            "%C3%28",
            "{}",
            "'%3B--");
    for (String wrong : notUuids) {
      for (String path :
          List.of("/v1/tasks/", "/v1/dlq/", "/v1/tasks/" + UUID_TEXT + "/workflow_steps/")) {
        bad.add(get(path + wrong.replace("{", "%7B").replace("}", "%7D")));
      }
      for (String under :
          List.of("progress", "batches", "transitions", "graph", "workflow_steps")) {
        bad.add(get("/v1/tasks/" + wrong.replace("{", "%7B").replace("}", "%7D") + "/" + under));
      }
    }
    List<String> pages =
        List.of("0", "-1", "x", "1.5", "1e3", "99999999999999999999", "", "%00", "+1", "0x1", "١");
    for (String wrong : pages) {
      bad.add(get("/v1/tasks?page=" + wrong.replace("١", "%D9%A1")));
      bad.add(get("/v1/tasks?per_page=" + wrong.replace("١", "%D9%A1")));
      bad.add(get("/v1/analytics/performance?hours=" + wrong.replace("١", "%D9%A1")));
      bad.add(get("/v1/audit?limit=" + wrong.replace("١", "%D9%A1")));
    }
    bad.add(get("/v1/tasks?per_page=101"));
    bad.add(get("/v1/analytics/bottlenecks?limit=101"));
    for (String wrong :
        List.of("", "done", "COMPLETE", "complete%20", "%27", "complete&status=error", "%00")) {
      bad.add(get("/v1/tasks?status=" + wrong));
      bad.add(get("/v1/dlq?resolution=" + wrong));
      bad.add(get("/v1/dlq?reason=" + wrong));
      bad.add(get("/v1/tasks/" + UUID_TEXT + "/workflow_steps?state=" + wrong));
      bad.add(get("/v1/tasks/" + UUID_TEXT + "/workflow_steps?type=" + wrong));
    }
    for (String wrong :
        List.of(
            "", "1x", "a%20b", "a%2Fb", "%27%20or%201=1", "x".repeat(64), "%ff", "a%0Ab", "%25")) {
      bad.add(get("/v1/tasks?namespace=" + wrong));
      bad.add(get("/v1/tasks?name=" + wrong));
      bad.add(get("/v1/templates?namespace=" + wrong));
      if (!wrong.isEmpty()) {
        bad.add(get("/v1/templates/" + wrong + "/x"));
        bad.add(get("/v1/templates/x/" + wrong));
      }
    }
    for (String path :
        List.of(
            "/v1/tasks",
            "/v1/templates",
            "/v1/nodes",
            "/v1/dlq",
            "/v1/dlq/stats",
            "/v1/audit",
            "/v1/session",
            "/openapi.json",
            "/v1/events")) {
      bad.add(get(path + "?unknown=1"));
      bad.add(get(path + "?%"));
      bad.add(get(path + "?a=%zz"));
      bad.add(get(path + "?=&="));
      bad.add(new Bad("PUT", path, "", ""));
      bad.add(new Bad("TRACE", path, "", ""));
      bad.add(new Bad("OPTIONS", path, "", ""));
    }
    List<String> notJson =
        List.of(
            "",
            " ",
            "{",
            "}",
            "[",
            "nul",
            "{\"namespace\"}",
            "{'namespace': 'x'}",
            "{\"a\":1}{\"b\":2}",
            "{\"a\": 1,}",
            "{\"a\": NaN}",
            "{\"a\": 01}",
            "{\"a\": \"\\x\"}",
            "{\"a\": 1, \"a\": 2}",
            "\u0000",
            "{\"a\": \"\\u0000\"}",
            "{\"a\": \"\\ud800\"}",
            "{\"a\": 1e999999999}",
            "[".repeat(5000),
            "{\"a\":".repeat(200) + "1" + "}".repeat(200),
            "{\"a\": " + "9".repeat(2000) + "}",
            "<xml/>",
            "--",
            "\"");
    List<String> notTasks =
        List.of(
            "null",
            "1",
            "\"x\"",
            "[]",
            "{}",
            "true",
            "{\"namespace\": \"x\"}",
            "{\"name\": \"x\"}",
            "{\"namespace\": 1, \"name\": \"x\"}",
            "{\"namespace\": \"x\", \"name\": null}",
            "{\"namespace\": \"x y\", \"name\": \"x\"}",
            "{\"namespace\": \"\", \"name\": \"\"}",
            "{\"namespace\": \"no\", \"name\": \"such\"}",
            "{" + TASK + ", \"version\": 1}",
            "{" + TASK + ", \"version\": \"9.9.9\"}",
            "{" + TASK + ", \"version\": \"\"}",
            "{" + TASK + ", \"context\": null}",
            "{" + TASK + ", \"context\": []}",
            "{" + TASK + ", \"context\": \"x\"}",
            "{" + TASK + "}",
            "{" + TASK + ", \"context\": {}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": 1}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": null}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": []}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": \"/etc/passwd\"}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": \"../pom.xml\"}}",
            "{"
                + TASK
                + ", \"context\": {\"csv_file_path\": \"fixtures/products.csv\"}, \"unheard\": 1}",
            "{\"" + "k".repeat(200) + "\": 1}");
    for (String wrong : notJson) {
      bad.add(json("POST", "/v1/tasks", wrong));
      bad.add(json("POST", "/v1/dlq", wrong));
      bad.add(json("PATCH", "/v1/dlq/" + UUID_TEXT, wrong));
      bad.add(json("PATCH", "/v1/tasks/" + UUID_TEXT + "/workflow_steps/" + UUID_TEXT, wrong));
    }
    notTasks.forEach(wrong -> bad.add(json("POST", "/v1/tasks", wrong)));
    for (String wrong :
        List.of(
            "{}",
            "[]",
            "{\"action_type\": \"explode\"}",
            "{\"action_type\": null}",
            "{\"action_type\": \"complete_manually\"}",
            "{\"action_type\": \"complete_manually\", \"result\": 1}",
            "{\"action_type\": \"reset_for_retry\", \"reason\": 1}",
            "{\"action_type\": \"reset_for_retry\", \"more\": 1}",
            "{\"action_type\": \"reset_for_retry\", \"actor\": \"" + "x".repeat(101) + "\"}")) {
      bad.add(json("PATCH", "/v1/tasks/" + UUID_TEXT + "/workflow_steps/" + UUID_TEXT, wrong));
    }
    for (String verb : List.of("pause", "unpause", "retry", "resolve", "rerun")) {
      bad.add(json("POST", "/v1/tasks/" + UUID_TEXT + "/" + verb, ""));
      bad.add(json("POST", "/v1/tasks/" + UUID_TEXT + "/" + verb, "{\"reason\": 1}"));
      bad.add(json("POST", "/v1/tasks/" + UUID_TEXT + "/" + verb, "[]"));
      bad.add(json("POST", "/v1/tasks/x/" + verb, "{}"));
      bad.add(get("/v1/tasks/" + UUID_TEXT + "/" + verb));
    }
    for (String wrong :
        List.of(
            "{}",
            "{\"priority\": \"high\"}",
            "{\"priority\": 1.5}",
            "{\"resolution\": \"gone\"}",
            "{\"note\": 1}",
            "{\"priority\": 99999}")) {
      bad.add(json("PATCH", "/v1/dlq/" + UUID_TEXT, wrong));
    }
    for (String wrong :
        List.of(
            "{\"task_uuid\": \"x\"}",
            "{\"task_uuid\": 1}",
            "{}",
            "{\"task_uuid\": \"" + UUID_TEXT + "\"}")) {
      bad.add(json("POST", "/v1/dlq", wrong));
    }
    for (String type :
        List.of(
            "text/plain",
            "text/csv",
            "application/xml",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application",
            "*/*")) {
      bad.add(new Bad("POST", "/v1/tasks", ApiTest.INVENTORY, type));
      bad.add(new Bad("POST", "/v1/session", "{\"key\": \"x\"}", type));
    }
    bad.add(json("DELETE", "/v1/tasks/" + UUID_TEXT, "{}"));
    bad.add(json("GET", "/v1/tasks", "{}"));
    bad.add(json("POST", "/v1/tasks", "{\"a\": \"" + "x".repeat(70_000) + "\"}"));
    bad.add(get("/v1/tasks?name=" + "x".repeat(7_000)));
    for (String path :
        List.of(
            "/v1",
            "/v1/",
            "/v1/task",
            "/V1/tasks",
            "/v1//tasks",
            "/v1/tasks/",
            "/v1/./tasks",
            "/v1/x/../tasks",
            "/v1/tasks/" + UUID_TEXT + "/x",
            "/v2/tasks",
            "/.git/config",
            "/pom.xml",
            "/..%2fpom.xml",
            "/%2e%2e/pom.xml",
            "/docs/../pom.xml",
            "/docs/%2e%2e/openapi",
            "/docs/",
            "/META-INF/MANIFEST.MF",
            "/bactrian.properties",
            "/db/migration/V1__control_plane.sql",
            "/io/bactrian/Bactrian.class",
            "/.bactrian/password",
            "/favicon.php")) {
      bad.add(get(path));
    }
    return bad;
  }

  @Test
  void everyBadRequestIsRefusedWithAReasonAndNoneIsOurFault() throws IOException {
    List<Bad> requests = requests();
    assertThat(requests).hasSizeGreaterThanOrEqualTo(300);
    var wrong = new ArrayList<String>();
    for (Bad bad : requests) {
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
