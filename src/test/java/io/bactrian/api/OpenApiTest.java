package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import io.bactrian.store.RejectRows;
import io.bactrian.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract and the answers: every documented response of every operation is reached, and {@link
 * ApiClient} holds each to its schema.
 */
final class OpenApiTest {
  private static final String ROUTE =
      """
      - beans:
          - name: flaky
            type: io.bactrian.Flaky
      """;
  private static final String FAILS =
      """
      name: fails
      namespace_name: demo
      version: "1"
      steps:
        - name: work
          retry: {max_attempts: 1}
          handler: {callable: flaky, initialization: {failures: 99, permanent: true}}
      """;
  private static final String FAILING = "{\"namespace\": \"demo\", \"name\": \"fails\"}";

  @TempDir private Path home;
  private ApiClient all = new ApiClient(java.net.URI.create("http://localhost"));

  @Test
  void everyDocumentedResponseIsReached() throws Exception {
    Files.writeString(
        Files.createDirectories(home.resolve("routes")).resolve("own.camel.yaml"), ROUTE);
    Files.writeString(
        Files.createDirectories(home.resolve("templates")).resolve("own.yaml"), FAILS);
    try (var node =
            new ApiNode(
                home,
                Map.of(
                    "bactrian.api.keys",
                    "always",
                    "bactrian.lease.ttl",
                    "2s",
                    "bactrian.routes.dir",
                    home.resolve("routes").toString(),
                    "bactrian.templates.dir",
                    home.resolve("templates").toString()));
        var keys = new Keys(node)) {
      all = node.client().withKey(keys.with("*"));
      Set<String> missing = new TreeSet<>(ApiClient.documented());

      readAndSubmit(new RejectRows(node.database()));
      act();
      refuse(node.client(), keys);
      logIn(node.client(), keys);
      loseTheDatabase(node);

      missing.removeAll(ApiClient.reached());
      assertThat(missing).isEmpty();
    }
  }

  /** What goes well. */
  private void readAndSubmit(RejectRows rows) {
    String location = all.post("/v1/tasks", ApiTest.INVENTORY).header("Location");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> all.get(location).at("/status").equals("complete"));
    String step = all.get(location + "/workflow_steps").at("/workflow_steps/1/step_uuid");
    UUID task = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    rows.insert(task, "process_csv_batch_003", 500, "500,Pen\n");
    for (String path :
        List.of(
            "/openapi.json",
            "/v1/tasks",
            location + "/workflow_steps/" + step,
            location + "/workflow_steps/" + step + "/audit",
            location + "/progress",
            location + "/batches",
            location + "/transitions",
            location + "/history",
            location + "/graph",
            location + "/rejects",
            location + "/rejects/file",
            "/v1/templates",
            "/v1/templates/demo/fails",
            "/v1/templates/demo/fails/1",
            "/v1/templates/demo/fails/1/graph",
            "/v1/nodes",
            "/health",
            "/health/live",
            "/health/ready",
            "/v1/analytics/performance",
            "/v1/analytics/bottlenecks",
            "/v1/audit",
            "/v1/dlq",
            "/v1/dlq/stats",
            "/v1/session")) {
      assertThat(all.get(path).status()).as(path).isEqualTo(200);
    }
    String once = ApiTest.INVENTORY.replaceFirst("\\{", "{\"idempotency_key\": \"k-1\", ");
    Reply first = all.post("/v1/tasks", once);
    Reply same = all.post("/v1/tasks", once);
    assertThat(first.status()).isEqualTo(201);
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.at("/task_uuid")).isEqualTo(first.at("/task_uuid"));
    Reply rejected =
        all.post("/v1/tasks", once.replaceFirst("\\{", "{\"on_duplicate\": \"reject\", "));
    assertThat(rejected.status()).isEqualTo(409);
    assertThat(rejected.at("/error/code")).isEqualTo("duplicate_task");
    assertThat(all.opens("/v1/events").status()).isEqualTo(200);
  }

  /** The verbs, each once where it is possible and once where it is not. */
  private void act() {
    String failed = failed();
    String step =
        "/workflow_steps/" + all.get(failed + "/workflow_steps").at("/workflow_steps/0/step_uuid");
    assertThat(all.post(failed + "/unpause").status()).isEqualTo(409);
    assertThat(all.post(failed + "/pause", "{\"reason\": \"lunch\"}").at("/status"))
        .isEqualTo("paused");
    assertThat(all.post(failed + "/pause").status()).isEqualTo(409);
    assertThat(all.post(failed + "/unpause").status()).isEqualTo(200);
    assertThat(all.post(failed + "/retry").status()).isEqualTo(200);
    blocked(failed);
    Reply retried = all.post(failed + "/actions", "{\"action\": \"retry\", \"step\": \"work\"}");
    assertThat(retried.at("/previous_status")).isEqualTo("blocked_by_failures");
    assertThat(retried.at("/steps/0")).isEqualTo("work");
    blocked(failed);
    assertThat(all.post(failed + "/actions", "{\"action\": \"unpause\"}").status()).isEqualTo(409);
    assertThat(all.post(failed + "/actions", "{\"action\": \"complete\"}").status()).isEqualTo(400);
    Reply resolved =
        all.patch(
            failed + step,
            "{\"action_type\": \"resolve_manually\", \"reason\": \"by mail\", \"actor\": \"anna\"}");
    assertThat(resolved.at("/current_state")).isEqualTo("resolved_manually");
    assertThat(all.get(failed + step + "/audit").json().toString()).contains("by mail", "anna");
    assertThat(all.patch(failed + step, "{\"action_type\": \"reset_for_retry\"}").status())
        .isEqualTo(409);
    for (String verb : List.of("/retry", "/resolve")) {
      assertThat(all.post(failed + verb).status()).as(verb).isEqualTo(409);
    }
    assertThat(all.delete(failed).status()).isEqualTo(409);
    Reply again = all.post(failed + "/rerun", "{\"reason\": \"once more\"}");
    assertThat(again.status()).isEqualTo(201);
    blocked(again.header("Location"));
    assertThat(all.post(again.header("Location") + "/resolve").status()).isEqualTo(200);
    Reply cancelled = all.delete(failed() + "?reason=enough");
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    String running = all.post("/v1/tasks", ApiTest.INVENTORY).header("Location");
    assertThat(all.post(running + "/rerun").status()).isIn(201, 409);
    deadLetters();
  }

  private void deadLetters() {
    String failed = failed();
    String uuid = failed.substring(failed.lastIndexOf('/') + 1);
    Reply put =
        all.post("/v1/dlq", "{\"task_uuid\": \"%s\", \"reason\": \"look\"}".formatted(uuid));
    assertThat(put.status()).isEqualTo(201);
    Reply changed =
        all.patch(
            put.header("Location"),
            "{\"resolution\": \"manually_resolved\", \"priority\": 5, \"note\": \"seen\"}");
    assertThat(changed.at("/resolution")).isEqualTo("manually_resolved");
    assertThat(all.get(put.header("Location")).at("/priority")).isEqualTo("5");
    assertThat(all.get("/v1/dlq?task_uuid=" + uuid).json().get("dead_letters")).isNotEmpty();
    assertThat(all.get("/v1/audit").json().toString()).contains("dlq update", "cancel", "rerun");
  }

  private String failed() {
    String location = all.post("/v1/tasks", FAILING).header("Location");
    blocked(location);
    return location;
  }

  private void blocked(String location) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> all.get(location).at("/status").equals("blocked_by_failures"));
  }

  /** Every error of every operation. */
  private void refuse(ApiClient nobody, Keys keys) {
    String reads = keys.with("templates:read");
    String tasks = keys.with("tasks:read");
    for (Operation operation : Contract.load().operations()) {
      String path =
          operation
              .path()
              .replaceAll("\\{[a-z]+_uuid}", UUID.randomUUID().toString())
              .replaceAll("\\{[a-z]+}", "nothing");
      String body = operation.isBodyRequired() ? body(operation) : null;
      String type = body == null ? null : "application/json";
      ask(all.with("Accept", "text/html"), operation, path, body, type);
      ask(nobody, operation, path, body, type);
      ask(
          nobody.withKey(operation.permission().orElse("").startsWith("templates") ? tasks : reads),
          operation,
          path,
          body,
          type);
      ask(all, operation, path + "?unheard=1", body, type);
      if (!operation.id().equals("logout") && !operation.id().equals("login")) {
        ask(all, operation, path, body, type);
      }
      if (operation.body().isPresent()) {
        ask(all, operation, path, "hello", "text/plain");
      }
    }
  }

  private static String body(Operation operation) {
    return switch (operation.id()) {
      case "submitTask" -> "{\"namespace\": \"no\", \"name\": \"such\"}";
      case "act" -> "{\"action\": \"pause\"}";
      case "patchStep" -> "{\"action_type\": \"reset_for_retry\"}";
      case "putDeadLetter" -> "{\"task_uuid\": \"%s\"}".formatted(UUID.randomUUID());
      case "updateDeadLetter" -> "{\"priority\": 1}";
      default -> "{\"key\": \"bk_x\"}";
    };
  }

  private static void ask(
      ApiClient client,
      Operation operation,
      String path,
      @Nullable String body,
      @Nullable String type) {
    if (operation.id().equals("streamEvents")) {
      client.opens(path);
    } else {
      Reply reply = client.send(operation.method(), path, body, type);
      assertThat(reply.status()).as(operation + " " + reply.json()).isNotEqualTo(500);
    }
  }

  /** Who watches the node need not ask the database. */
  private void loseTheDatabase(ApiNode node) {
    TestDatabase.cutOff(node.database());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> node.client().get("/health/ready").status() == 503);
    assertThat(node.client().get("/health/live").status()).isEqualTo(200);
  }

  private void logIn(ApiClient nobody, Keys keys) {
    Reply login =
        nobody.post("/v1/session", "{\"key\": \"%s\"}".formatted(keys.with("tasks:read")));
    assertThat(login.status()).isEqualTo(201);
    String cookie = login.header("Set-Cookie").split(";", -1)[0];
    ApiClient browser = nobody.with("Cookie", cookie).with("Origin", nobody.address().toString());
    assertThat(browser.get("/v1/session").status()).isEqualTo(200);
    assertThat(browser.delete("/v1/session").status()).isEqualTo(200);
    for (int i = 0; i < FailedLogins.MOST + 1; i++) {
      nobody.post("/v1/session", "{\"key\": \"bk_x\"}");
    }
  }
}
