package io.bactrian.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import io.bactrian.store.RejectRows;
import io.bactrian.store.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records over HTTP: a page of them, and the file. */
final class RejectsTest {
  private static final String HEADER =
      "id,title,description,category,price,discountPercentage,rating,stock,brand,sku,weight";

  @TempDir private static Path home;
  private static ApiNode node;
  private static Keys keys;
  private static ApiClient api;
  private static RejectRows rows;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(home.resolve("data"));
    node =
        new ApiNode(
            home,
            Map.of(
                "bactrian.api.keys",
                "always",
                "bactrian.data-roots",
                "fixtures," + home.resolve("data")));
    keys = new Keys(node);
    api = node.client().withKey(keys.with("tasks:*"));
    rows = new RejectRows(node.database());
  }

  @AfterAll
  static void stop() {
    keys.close();
    node.close();
  }

  @Test
  void theyComeInPagesWithWhatStandsInThem() {
    UUID task = finished("fixtures/products.csv");
    rows.insert(task, "process_csv_batch_002", 300, "300,\"caf\u00e9\",x\n".getBytes(ISO_8859_1));
    rows.insert(task, "process_csv_batch_001", 7, "7,y\r\n");
    rows.insert(task, "process_csv_batch_001", 9, "9,z\n");

    Reply page = api.get("/v1/tasks/%s/rejects?per_page=2".formatted(task));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.json().at("/pagination/total_count").asInt()).isEqualTo(3);
    assertThat(page.json().at("/pagination/total_pages").asInt()).isEqualTo(2);
    assertThat(page.json().at("/steps").toString())
        .contains("\"process_csv_batch\"", "\"rejected\":3");
    assertThat(page.at("/rejects/0/step")).isEqualTo("process_csv_batch_001");
    assertThat(page.at("/rejects/0/template_step")).isEqualTo("process_csv_batch");
    assertThat(page.json().at("/rejects/0/ordinal").asInt()).isEqualTo(7);
    assertThat(page.json().at("/rejects/0/byte_offset").asInt()).isEqualTo(700);
    assertThat(page.at("/rejects/0/reason")).isEqualTo("record 7 is bad");
    assertThat(page.at("/rejects/0/record")).isEqualTo("7,y\r\n");
    Reply odd = api.get("/v1/tasks/%s/rejects?step=process_csv_batch_002".formatted(task));
    assertThat(odd.json().at("/pagination/total_count").asInt()).isEqualTo(1);
    assertThat(odd.at("/rejects/0/record")).isEqualTo("300,\"caf\ufffd\",x\n");
    assertThat(Base64.getDecoder().decode(odd.at("/rejects/0/record_base64")))
        .isEqualTo("300,\"caf\u00e9\",x\n".getBytes(ISO_8859_1));
  }

  @Test
  void theFileIsTheHeaderAndTheRecordsAndHasAName() {
    UUID task = finished("fixtures/products.csv");
    rows.insert(task, "process_csv_batch_005", 1000, "1000,last");
    rows.insert(task, "process_csv_batch_001", 7, "7,\"two\nlines\"\n");

    Reply file = api.get("/v1/tasks/%s/rejects/file".formatted(task));

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.json().asText()).isEqualTo(HEADER + "\n7,\"two\nlines\"\n1000,last");
    assertThat(file.header("Content-Type")).isEqualTo("text/csv");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"rejects-%s-process_csv_batch.csv\"".formatted(task));
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void ofSeveralStepsOneMustBeNamed() {
    UUID task = finished("fixtures/products.csv");
    rows.insert(task, "process_csv_batch_001", 1, "1\n");
    rows.insert(task, "process_csv_batch_002", 300, "300\n");
    rows.move(task, "process_csv_batch_002", "other");

    Reply unnamed = api.get("/v1/tasks/%s/rejects/file".formatted(task));

    assertThat(unnamed.status()).isEqualTo(400);
    assertThat(unnamed.at("/error/message")).contains("process_csv_batch, other");
    assertThat(unnamed.at("/error/details/1/step")).isEqualTo("other");
    assertThat(api.get("/v1/tasks/%s/rejects/file?step=other".formatted(task)).json().asText())
        .isEqualTo(HEADER + "\n300\n");
  }

  @Test
  void whatIsNotThereIs404() {
    UUID task = finished("fixtures/products.csv");
    Reply none = api.get("/v1/tasks/%s/rejects".formatted(task));

    assertThat(none.status()).isEqualTo(200);
    assertThat(none.json().get("rejects")).isEmpty();
    for (String path : List.of("/rejects?step=nope", "/rejects/file", "/rejects/file?step=nope")) {
      assertThat(api.get("/v1/tasks/" + task + path).status()).as(path).isEqualTo(404);
    }
    for (String path : List.of("/rejects", "/rejects/file")) {
      Reply nobody = api.get("/v1/tasks/" + UUID.randomUUID() + path);
      assertThat(nobody.status()).as(path).isEqualTo(404);
      assertThat(nobody.at("/error/message")).contains("there is no task");
    }
  }

  @Test
  void whereAColumnSoundsLikeASecretRecordsAreMaskedUnlessTheKeyMaySeeThem() throws IOException {
    Path file = home.resolve("data/secret.csv");
    Files.writeString(
        file, HEADER + ",Api_Token\n1,Pen,x,office,2.50,0,4.5,3,Acme,P-1,0.1,hush-0\n");
    UUID task = finished(file.toString());
    rows.insert(task, "process_csv_batch_001", 1, "1,hush-1\n");
    ApiClient trusted = node.client().withKey(keys.with("tasks:read,secrets:read"));
    String list = "/v1/tasks/%s/rejects".formatted(task);

    Reply masked = api.get(list);
    Reply refused = api.get(list + "/file");

    assertThat(masked.json().toString()).doesNotContain("hush");
    assertThat(masked.at("/rejects/0/record")).isEqualTo("***");
    assertThat(masked.json().at("/rejects/0/record_base64").isNull()).isTrue();
    assertThat(masked.at("/rejects/0/reason")).isEqualTo("record 1 is bad");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/error/message")).contains("secrets:read");
    assertThat(trusted.get(list).at("/rejects/0/record")).isEqualTo("1,hush-1\n");
    assertThat(trusted.get(list + "/file").json().asText()).contains("hush-1");
  }

  @Test
  void aFileThatBreaksOffDoesNotLookWhole() throws Exception {
    UUID task = finished("fixtures/products.csv");
    byte[] big = "x".repeat(2 << 20).getBytes(ISO_8859_1);
    IntStream.rangeClosed(1, 40).forEach(i -> rows.insert(task, "process_csv_batch_001", i, big));
    var request =
        HttpRequest.newBuilder(
                URI.create(api.address() + "/v1/tasks/%s/rejects/file".formatted(task)))
            .header("Authorization", "Bearer " + keys.with("tasks:read"))
            .build();
    try (InputStream body =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofInputStream())
            .body()) {
      assertThat(body.readNBytes(1000)).hasSize(1000);
      TestDatabase.cutOff(node.database());

      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    } finally {
      TestDatabase.letIn(node.database());
    }
    // A pool looks at connections only that have rested for half a second.
    await()
        .pollDelay(Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.get("/v1/tasks/%s/rejects".formatted(task)).status() == 200);
  }

  private static UUID finished(String file) {
    ApiClient all = node.client().withKey(keys.with("*"));
    Reply created = all.post("/v1/tasks", ApiTest.INVENTORY.replace("fixtures/products.csv", file));
    assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> all.get(created.header("Location")).at("/status").equals("complete"));
    return UUID.fromString(created.at("/task_uuid"));
  }
}
