package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bactrian.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handler in another process: what it is sent, and what its answers mean. */
final class HttpHandlerTest {
  @TempDir private Path folder;

  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch never = new CountDownLatch(1);
  private Optional<HttpServer> server = Optional.empty();

  /** What the handler answers; status 0 = nothing at all. */
  record Answer(int status, String body, Map<String, String> headers) {}

  @BeforeEach
  void startHandler() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.setExecutor(threads);
    made.createContext("/", this::handle);
    made.start();
    server = Optional.of(made);
    Files.createDirectories(folder.resolve("templates"));
  }

  @AfterEach
  void stopHandler() {
    never.countDown();
    server.ifPresent(made -> made.stop(0));
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          Json.readTree(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
      if (answer.status() == 0) {
        boolean unused = never.await(5, TimeUnit.MINUTES);
      }
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStepGoesOutAsJsonWithItsKeyAndTheAnswerIsItsResult() throws IOException {
    answer(200, "{\"price\": 1.50}");

    JsonNode document = run(standard("initialization: {operation: add}"), "--set", "order=o1");

    assertThat(document.at("/steps/1/results/result").toString()).isEqualTo("{\"price\":1.50}");
    JsonNode request = requests.get(0);
    assertThat(request.get("task_uuid")).isEqualTo(document.get("task_uuid"));
    assertThat(request.get("step").asText()).isEqualTo("call");
    assertThat(request.get("attempt").asInt()).isEqualTo(1);
    assertThat(request.get("epoch").asInt()).isPositive();
    assertThat(request.at("/inputs/operation").asText()).isEqualTo("add");
    assertThat(request.at("/context/order").asText()).isEqualTo("o1");
    assertThat(request.at("/dependency_results/first/hello").asText()).isEqualTo("world");
    assertThat(keys.get(0)).isNotBlank();
  }

  @Test
  void anEmptyAnswerIsAnEmptyResult() throws IOException {
    answer(204, "");

    assertThat(run(standard("")).at("/steps/1/results/result").toString()).isEqualTo("{}");
  }

  @Test
  void aTemporaryAnswerIsTriedAgainUnderTheSameKeyAfterTheTimeItNames() throws IOException {
    answer(503, "{\"error\": {\"message\": \"busy\"}}", Map.of("Retry-After", "1"));
    answer(200, "{}");
    long start = System.nanoTime();

    JsonNode document = run(standard("", "retry: {backoff_base_ms: 1}"));

    assertThat(document.at("/steps/1/attempts").asInt()).isEqualTo(2);
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0)).isEqualTo(keys.get(1));
  }

  @Test
  void anErrorOfTheServerIsTriedAgainByTheStepsRetry() throws IOException {
    answer(500, "broken");
    answer(429, "later");
    answer(200, "{}");

    JsonNode document = run(standard("", "retry: {backoff_base_ms: 1}"));

    assertThat(document.at("/steps/1/attempts").asInt()).isEqualTo(3);
  }

  @Test
  void anErrorOfTheRequestIsPermanentWithItsMessage() throws IOException {
    answer(422, "{\"error\": {\"message\": \"no such order\"}}");

    JsonNode error = run(standard("")).at("/steps/1/results/error");

    assertThat(error.get("retryable").asBoolean()).isFalse();
    assertThat(error.get("message").asText()).isEqualTo("the handler answered 422: no such order");
    assertThat(requests).hasSize(1);
  }

  @Test
  void anAnswerThatIsNoObjectIsPermanent() throws IOException {
    answer(200, "[1]");

    assertThat(run(standard("")).at("/steps/1/results/error/message").asText())
        .contains("answered 200 with [1]; allowed: a JSON object or nothing");
  }

  @Test
  void noAnswerInTimeIsAFailedAttempt() throws IOException {
    answer(0, "");
    answer(200, "{}");

    JsonNode document =
        run(standard("", "retry: {backoff_base_ms: 1}"), "-Dbactrian.handlers.http-timeout=300ms");

    assertThat(document.at("/steps/1/attempts").asInt()).isEqualTo(2);
  }

  @Test
  void aChunkGoesOutWithItsRecordsAndItsResultIsFolded() throws IOException {
    answer(200, "{\"rows\": 3}");
    Files.writeString(folder.resolve("n.csv"), "n\n1\n2\n3\n4\n5\n6\n");

    JsonNode document =
        run(
            """
            - {name: first, type: batchable, handler: {callable: csvAnalyzer, initialization: {batch_size: 3, max_workers: 2}}}
            - {name: call, type: batch_worker, dependencies: [first], handler: {callable: "URL"}}
            - {name: total, type: deferred_convergence, dependencies: [call], handler: {callable: "URL", initialization: {fold: sums}}}
            """,
            "--set",
            "csv_file_path=" + folder.resolve("n.csv"));

    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(requests.stream().filter(r -> r.has("records")))
        .extracting(r -> r.get("first_ordinal") + " " + r.get("records"))
        .containsExactlyInAnyOrder(
            "1 [{\"n\":\"1\"},{\"n\":\"2\"},{\"n\":\"3\"}]",
            "4 [{\"n\":\"4\"},{\"n\":\"5\"},{\"n\":\"6\"}]");
    JsonNode last = requests.get(requests.size() - 1);
    assertThat(last.get("fold").toString()).isEqualTo("{\"rows\":6}");
    assertThat(last.get("worker_count").asInt()).isEqualTo(2);
    assertThat(keys).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "reject, 1, complete",
    "reject, 3, blocked_by_failures",
    "fail, 1, blocked_by_failures"
  })
  void aRecordThatTheAnswerNamesIsSetAside(String onBadRow, int index, String status)
      throws IOException {
    answer(422, "{\"bad_record\": {\"index\": %d, \"problem\": \"too odd\"}}".formatted(index));
    answer(200, "{\"rows\": 1}");
    Files.writeString(folder.resolve("n.csv"), "n\n1\n2\n3\n");

    JsonNode document =
        run(
            """
            - {name: first, type: batchable, handler: {callable: csvAnalyzer, initialization: {max_workers: 1}}}
            - {name: call, type: batch_worker, dependencies: [first], on_bad_row: %s, handler: {callable: "URL"}}
            """
                .formatted(onBadRow),
            "--set",
            "csv_file_path=" + folder.resolve("n.csv"));

    assertThat(document.get("status").asText()).isEqualTo(status);
    if (status.equals("complete")) {
      assertThat(requests)
          .extracting(r -> r.get("records").toString())
          .containsExactly(
              "[{\"n\":\"1\"},{\"n\":\"2\"},{\"n\":\"3\"}]", "[{\"n\":\"1\"}]", "[{\"n\":\"3\"}]");
      assertThat(document.at("/steps/1/results/result/rows").asInt()).isEqualTo(2);
    } else {
      assertThat(document.at("/steps/1/results/error/message").asText()).contains("too odd");
    }
  }

  @Test
  void aWorkerMayAnswerCheckpointsUntilItIsDone() throws IOException {
    answer(
        200,
        """
        {"batch_processing_outcome": {"type": "create_batches", "worker_template_name": "call",
          "worker_count": 1, "total_items": 2, "cursor_configs": [
            {"batch_id": "001", "start_cursor": "a", "end_cursor": "c", "batch_size": 2}]}}
        """);
    answer(
        202,
        "{\"checkpoint\": {\"cursor\": \"b\", \"items\": 1, \"accumulated_results\": {\"n\": 1}}}");
    answer(503, "not now");
    answer(200, "{\"n\": 2}");

    JsonNode document =
        run(
            """
            - {name: first, type: batchable, handler: {callable: "URL"}}
            - {name: call, type: batch_worker, dependencies: [first], retry: {backoff_base_ms: 1}, handler: {callable: "URL"}}
            """);

    assertThat(document.at("/steps/1/results/result").toString()).isEqualTo("{\"n\":2}");
    assertThat(requests).hasSize(4);
    assertThat(requests.get(1).has("checkpoint")).isFalse();
    assertThat(requests.get(3).get("checkpoint").toString())
        .isEqualTo("{\"cursor\":\"b\",\"items\":1,\"accumulated_results\":{\"n\":1}}");
    assertThat(keys.get(2)).isEqualTo(keys.get(3)).isNotEqualTo(keys.get(1));
  }

  private void answer(int status, String body) {
    answer(status, body, Map.of());
  }

  private void answer(int status, String body, Map<String, String> headers) {
    answers.add(new Answer(status, body, headers));
  }

  private static String standard(String initialization) {
    return standard(initialization, "");
  }

  private static String standard(String initialization, String keys) {
    return """
        - {name: first, handler: {callable: direct:hello}}
        - {name: call, dependencies: [first], %s handler: {callable: "URL", %s}}
        """
        .formatted(keys.isEmpty() ? "" : keys + ",", initialization);
  }

  private JsonNode run(String steps, String... arguments) throws IOException {
    String url = "http://127.0.0.1:%d/call".formatted(server.orElseThrow().getAddress().getPort());
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("routes/hello.camel.yaml"),
        """
        - route:
            id: hello
            from:
              uri: direct:hello
              steps:
                - setBody:
                    expression:
                      constant: '{"hello": "world"}'
                - unmarshal:
                    json:
                      objectMapper: "#json"
        """);
    Files.writeString(
        folder.resolve("templates/remote.yaml"),
        "name: remote\nnamespace_name: demo\nversion: \"1\"\nsteps:\n"
            + steps.replace("URL", url).indent(2));
    var all = new java.util.ArrayList<>(List.of("run", "demo/remote", "--json"));
    all.addAll(List.of(arguments));
    Cli.Outcome outcome =
        new Cli(folder.resolve("home"))
            .set("bactrian.routes.dir", folder.resolve("routes").toString())
            .set("bactrian.templates.dir", folder.resolve("templates").toString())
            .run(all.toArray(String[]::new));
    assertThat(outcome.out()).as(outcome.err()).isNotBlank();
    return Json.MAPPER.valueToTree(outcome.json());
  }
}
