package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.access.Permissions;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import io.bactrian.api.ApiClient;
import io.bactrian.json.Json;
import io.bactrian.store.Database;
import io.bactrian.store.KeyTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that real processes write. */
final class LogsTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");
  private static final String ROUTE =
      """
      - route:
          id: chatty
          from:
            uri: direct:chatty
            steps:
              - log:
                  loggingLevel: INFO
                  logName: demo.chatty
                  message: at work
              - bean:
                  ref: flaky
                  method: work
      - beans:
          - name: flaky
            type: io.bactrian.Flaky
      """;
  private static final String TEMPLATE =
      """
      name: logs
      namespace_name: demo
      version: "1"
      steps:
        - name: only
          retry: {backoff_base_ms: 1}
          handler: {callable: chatty, initialization: {failures: 1}}
      """;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder).template(TEMPLATE);
    cluster.file("routes/chatty.camel.yaml", ROUTE);
  }

  @AfterEach
  void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    cluster.close();
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.bactrian.Bactrian"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("err.log").toFile())
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private Process serve(String... settings) throws IOException {
    var arguments = new ArrayList<>(List.of("serve"));
    Map<String, String> all = cluster.settings(settings);
    all.put("bactrian.api.port", "0");
    all.put("bactrian.api.keys", "always");
    all.forEach((key, value) -> arguments.add("-D%s=%s".formatted(key, value)));
    return start(arguments.toArray(new String[0]));
  }

  private String read() {
    try {
      return Files.readString(folder.resolve("err.log"))
          + Files.readString(folder.resolve("out.log"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private ApiClient client(String key) {
    Matcher found =
        await().atMost(TestCluster.LONG).until(() -> ADDRESS.matcher(read()), Matcher::find);
    return new ApiClient(URI.create(found.group())).withKey(key);
  }

  private String key() {
    try (Database database = Database.open(() -> cluster.address, 2)) {
      Secret secret = Secret.random();
      new KeyTable(database)
          .create(
              new Principal("logger", Permissions.parse("*"), Optional.empty()),
              secret,
              Duration.ofDays(1));
      return secret.reveal();
    }
  }

  /** Runs the task; answers its uuid. */
  private static UUID run(ApiClient client) {
    String location =
        client
            .post("/v1/tasks", "{\"namespace\": \"demo\", \"name\": \"logs\"}")
            .header("Location");
    await()
        .atMost(TestCluster.LONG)
        .until(() -> client.get(location).at("/status").equals("complete"));
    return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }

  private List<JsonNode> lines() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("err.log"))) {
      return lines.filter(line -> line.startsWith("{")).map(Json::readTree).toList();
    }
  }

  private static Optional<JsonNode> line(List<JsonNode> lines, String message) {
    return lines.stream()
        .filter(line -> line.path("formattedMessage").asText().contains(message))
        .findFirst();
  }

  @Test
  void asJsonEveryLineIsAnObjectAndThoseOfAStepNameIt() throws Exception {
    Process node = serve("bactrian.log.format=json", "bactrian.log.level=info");
    ApiClient client = client(key());
    UUID task = run(client);
    String step =
        cluster.sql.sql("select step_uuid from workflow_steps").query(String.class).single();
    stop(node);

    assertThat(Files.readAllLines(folder.resolve("err.log"))).allMatch(l -> l.startsWith("{"));
    List<JsonNode> lines = lines();
    JsonNode route = line(lines, "at work").orElseThrow();
    assertThat(route.at("/loggerName").asText()).isEqualTo("demo.chatty");
    assertThat(route.at("/level").asText()).isEqualTo("INFO");
    JsonNode named = route.get("mdc");
    assertThat(named.get("task_uuid").asText()).isEqualTo(task.toString());
    assertThat(named.get("step").asText()).isEqualTo("only");
    assertThat(named.get("step_uuid").asText()).isEqualTo(step);
    assertThat(named.get("attempt").asText()).isEqualTo("1");
    assertThat(line(lines, "state=waiting_for_retry").orElseThrow().get("mdc")).isEqualTo(named);
    assertThat(line(lines, "state=complete").orElseThrow().at("/mdc/attempt").asText())
        .isEqualTo("2");
    JsonNode started = line(lines, "started slots").orElseThrow();
    assertThat(started.path("mdc").path("step").isMissingNode()).isTrue();
    assertThat(named.get("node").asText())
        .isEqualTo(started.get("formattedMessage").asText().substring(5, 41));
    assertThat(
            line(lines, "stopped drained").orElseThrow().path("mdc").path("step").isMissingNode())
        .isTrue();
  }

  @Test
  void neitherThePasswordOfTheDatabaseNorAKeyIsInTheLog() throws Exception {
    String role = "log_" + UUID.randomUUID().toString().replace("-", "");
    cluster
        .sql
        .sql("create role %s superuser login password 'Sesame-4711-x'".formatted(role))
        .update();
    String url =
        "postgresql://%s:Sesame-4711-x@%s:%d/%s"
            .formatted(
                role, cluster.address.host(), cluster.address.port(), cluster.address.database());
    Process node =
        serve(
            "bactrian.database.url=" + url, "bactrian.log.level=trace", "bactrian.log.camel=trace");
    String key = key();
    ApiClient client = client(key);
    run(client);
    assertThat(client.get("/metrics").status()).isEqualTo(200);
    assertThat(client.withKey("bk_wrong-but-secret").get("/v1/tasks").status()).isEqualTo(401);
    stop(node);

    String log = read();
    assertThat(log).contains("DEBUG", "TRACE", "Apache Camel");
    assertThat(log).doesNotContain("Sesame-4711-x");
    assertThat(log).doesNotContain(key);
    assertThat(log).doesNotContain("bk_wrong-but-secret");
  }

  @Test
  void theLevelIsTheOneOfTheSettings() throws Exception {
    Process node = serve("bactrian.log.level=warn", "bactrian.log.camel=info");
    run(client(key()));
    stop(node);

    assertThat(read())
        .contains("WARN  StepRunner", "Apache Camel")
        .doesNotContain("INFO  Node", "DEBUG");
  }

  @Test
  void aFormatThatDoesNotExistIsAnError() throws Exception {
    Process node = serve("bactrian.log.format=xml");

    assertThat(node.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(node.exitValue()).isEqualTo(2);
    assertThat(read()).contains("setting bactrian.log.format is 'xml'; allowed: plain, json");
  }
}
