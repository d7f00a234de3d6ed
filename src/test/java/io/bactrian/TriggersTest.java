package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Engine;
import io.bactrian.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped triggers and their settings, on nodes that serve. */
final class TriggersTest {
  private static final String TEMPLATE = "bactrian.triggers.folder.template=demo/arrived";
  private static final String SETTLED = "bactrian.triggers.folder.settled=50ms";

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target"));
  private Path inbox = Path.of("inbox");

  @BeforeEach
  void makeCluster() throws IOException {
    cluster = new TestCluster(folder);
    cluster.file(
        "routes/arrival.camel.yaml",
        "- beans:\n    - {name: arrival, type: io.bactrian.Arrival}\n");
    cluster.template(
        """
        name: arrived
        namespace_name: demo
        version: "1"
        steps:
          - {name: read, handler: {callable: arrival, initialization: {key: csv_file_path}}}
        """);
    inbox = Files.createDirectories(folder.resolve("inbox"));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aFileStartsATaskAndIsGoneAfterwardsAndTheTaskCanReadIt() throws IOException {
    serve(path(), TEMPLATE, SETTLED);
    drop("one.txt", "first");

    awaitTasks(1);
    await().atMost(TestCluster.LONG).until(() -> contents().equals(List.of("first")));
    await().atMost(TestCluster.LONG).until(() -> !Files.exists(inbox.resolve("one.txt")));
  }

  @Test
  void theSameNameWithOtherContentIsAnotherTask() throws IOException {
    serve(path(), TEMPLATE, SETTLED);
    drop("daily.txt", "monday");
    awaitTasks(1);
    await().atMost(TestCluster.LONG).until(() -> !Files.exists(inbox.resolve("daily.txt")));
    drop("daily.txt", "tuesday");

    awaitTasks(2);
    await().atMost(TestCluster.LONG).until(() -> contents().equals(List.of("monday", "tuesday")));
  }

  @Test
  void twoNodesThatWatchOneFolderStartEachFileOnce() throws IOException {
    serve(path(), TEMPLATE, SETTLED);
    serve(path(), TEMPLATE, SETTLED);
    for (int i = 0; i < 20; i++) {
      drop("f%02d.txt".formatted(i), "content " + i);
    }

    await().atMost(TestCluster.LONG).until(() -> contents().size() == 20);
    await().atMost(TestCluster.LONG).until(this::inboxIsEmpty);
    assertThat(contents()).doesNotHaveDuplicates();
    assertThat(tasks()).isEqualTo(20);
  }

  @Test
  void onlyFilesOfTheNamesThatAreIncludedAreTaken() throws IOException {
    serve(path(), TEMPLATE, SETTLED, "bactrian.triggers.folder.include=.*[.]csv");
    drop("a.txt", "no");
    drop("a.csv", "yes");

    await().atMost(TestCluster.LONG).until(() -> contents().equals(List.of("yes")));
    assertThat(inbox.resolve("a.txt")).exists();
  }

  @Test
  void theKeyOfTheContextIsTheOneOfTheSettings() throws IOException {
    serve(path(), TEMPLATE, SETTLED, "bactrian.triggers.folder.context-key=file");
    drop("a.txt", "x");

    awaitTasks(1);
    assertThat(cluster.count("select count(*) from tasks where context ->> 'file' like '%/a.txt'"))
        .isEqualTo(1);
  }

  @Test
  void aFileThatIsNotOldEnoughIsLeft() throws IOException {
    serve(path(), TEMPLATE, "bactrian.triggers.folder.settled=1h");
    drop("new.txt", "new");
    drop("old.txt", "old");
    Files.setLastModifiedTime(
        inbox.resolve("old.txt"), FileTime.from(Instant.now().minusSeconds(7200)));

    await().atMost(TestCluster.LONG).until(() -> contents().equals(List.of("old")));
    assertThat(inbox.resolve("new.txt")).exists();
  }

  @Test
  void aNodeThatRunsOneTaskWatchesNothing() throws IOException {
    drop("one.txt", "first");
    cluster.own(path(), TEMPLATE, SETTLED, "bactrian.api.port=");
    Engine second = serve(TEMPLATE);

    assertThat(second.template("demo/arrived")).isPresent();
    assertThat(tasks()).isZero();
    assertThat(inbox.resolve("one.txt")).exists();
  }

  @Test
  void aScheduleFiresOnceOnTwoNodes() {
    String[] settings = {
      "bactrian.triggers.schedule.cron=* * * * * ?",
      "bactrian.triggers.schedule.name=every-second",
      "bactrian.triggers.schedule.template=demo/arrived",
      "bactrian.triggers.schedule.context={\"csv_file_path\": \"none\", \"day\": {\"n\": 7}}",
      "bactrian.triggers.schedule.zone=Europe/Vienna"
    };
    serve(settings);
    serve(settings);
    await().atMost(TestCluster.LONG).until(() -> tasks() >= 4);

    assertThat(cluster.count("select count(*) from tasks where context -> 'day' ->> 'n' = '7'"))
        .isGreaterThanOrEqualTo(4);
    assertThat(
            cluster.count(
                """
                select count(*) from (
                  select date_trunc('second', created_at) from tasks
                  group by 1 having count(*) > 2) as twice
                """))
        .isZero();
    assertThat(cluster.count("select count(*) - count(distinct idempotency_key) from tasks"))
        .isZero();
  }

  @Test
  void aContextOfTheScheduleThatIsNoObjectNamesItsSetting() {
    assertThatThrownBy(() -> serve("bactrian.triggers.schedule.context=[1]"))
        .hasMessageContaining("setting bactrian.triggers.schedule.context is '[1]'");
  }

  @Test
  void aRequestStartsATaskAndTheSameKeyIsTheSameTask() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("in.txt"), "by request");
    Engine engine =
        cluster.serve(
            "bactrian.api.port=0",
            "bactrian.triggers.http.template=demo/arrived",
            "bactrian.data-roots=" + data);
    URI trigger = engine.api().orElseThrow().resolve("/trigger");
    String body = "{\"csv_file_path\": \"%s\"}".formatted(data.resolve("in.txt"));

    HttpResponse<String> first = post(trigger, body, "k1");
    HttpResponse<String> again = post(trigger, body, "k1");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    assertThat(first.body()).isEqualTo(again.body()).contains("task_uuid");
    await().atMost(TestCluster.LONG).until(() -> contents().equals(List.of("by request")));
    JsonNode refused =
        Json.readTree(post(trigger, "{\"csv_file_path\": \"/etc/hosts\"}", "k2").body());
    assertThat(refused.at("/error/message").asText()).contains("bactrian.data-roots");
    assertThat(post(trigger, "{\"more\": [{\"list_file\": \"/etc/hosts\"}]}", "k2").body())
        .contains("list_file names a file outside of the data roots");
    assertThat(post(trigger, "[]", "k3").statusCode()).isEqualTo(400);
    assertThat(tasks()).isEqualTo(1);
  }

  private static HttpResponse<String> post(URI uri, String body, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private Engine serve(String... settings) {
    var all = new java.util.ArrayList<>(List.of("bactrian.api.port="));
    all.addAll(List.of(settings));
    return cluster.serve(all.toArray(String[]::new));
  }

  private String path() {
    return "bactrian.triggers.folder.path=" + inbox;
  }

  private void drop(String name, String content) throws IOException {
    Path written = folder.resolve(name);
    Files.writeString(written, content);
    Files.move(written, inbox.resolve(name));
  }

  private boolean inboxIsEmpty() throws IOException {
    try (var files = Files.list(inbox)) {
      return files.allMatch(Files::isDirectory);
    }
  }

  private long tasks() {
    return cluster.count("select count(*) from tasks");
  }

  private void awaitTasks(int count) {
    await().atMost(TestCluster.LONG).until(() -> tasks() == count);
  }

  /** What the handler has read, in order of submission. */
  private List<String> contents() {
    return cluster
        .sql
        .sql(
            """
            select s.results -> 'result' ->> 'content' from workflow_steps s join tasks t using (task_uuid)
            where s.state = 'complete' order by t.created_at
            """)
        .query(String.class)
        .list();
  }
}
