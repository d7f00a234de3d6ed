package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.api.ApiClient;
import io.bactrian.api.ApiClient.Reply;
import io.bactrian.cli.Engine;
import io.bactrian.store.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What orchestrators are told of a node. */
final class HealthTest {
  private static final String HELD =
      """
      name: one
      namespace_name: demo
      version: "1"
      steps:
        - name: only
          handler: {callable: scripted, initialization: {script: held}}
      """;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder).template(HELD);
    Scripted.define(
        "held",
        call -> {
          running.countDown();
          assertThat(release.await(2, TimeUnit.MINUTES)).isTrue();
          return Map.of();
        });
  }

  @AfterEach
  void close() {
    release.countDown();
    cluster.close();
  }

  private static ApiClient client(Engine engine) {
    return new ApiClient(engine.api().orElseThrow());
  }

  @Test
  void aNodeThatWorksIsLiveAndReadyAndSaysHowItIs() throws Exception {
    Engine engine = cluster.serve("bactrian.api.port=0", "bactrian.node.slots=3");
    ApiClient client = client(engine);
    cluster.submit("demo/one", Map.of());
    assertThat(running.await(2, TimeUnit.MINUTES)).isTrue();

    assertThat(client.get("/health/live").at("/status")).isEqualTo("live");
    assertThat(client.get("/health/ready").at("/status")).isEqualTo("ready");
    Reply health = client.get("/health");
    assertThat(health.at("/status")).isEqualTo("ready");
    assertThat(health.at("/slots")).isEqualTo("3");
    assertThat(health.at("/steps_in_progress")).isEqualTo("1");
    assertThat(health.at("/database_reachable")).isEqualTo("true");
    assertThat(client.get("/v1/nodes").at("/nodes/0/node_uuid")).isEqualTo(health.at("/node_uuid"));
  }

  @Test
  void aNodeWhoseDatabaseIsAwayIsLiveAndNotReadyUntilItIsBack() {
    ApiClient client = client(cluster.serve("bactrian.api.port=0"));
    TestDatabase.cutOff(cluster.address);

    await()
        .atMost(TestCluster.LONG)
        .until(() -> client.get("/health/ready").at("/error/code").equals("not_ready"));
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    Reply health = client.get("/health");
    assertThat(health.at("/status")).isEqualTo("not_ready");
    assertThat(health.at("/database_reachable")).isEqualTo("false");
    assertThat(Scrape.of(client.address()).value("bactrian_database_reachable")).isZero();

    TestDatabase.letIn(cluster.address);
    await().atMost(TestCluster.LONG).until(() -> client.get("/health/ready").status() == 200);
  }

  @Test
  void aNodeThatDrainsIsLiveAndNotReady() throws Exception {
    Engine engine = cluster.serve("bactrian.api.port=0");
    ApiClient client = client(engine);
    cluster.submit("demo/one", Map.of());
    assertThat(running.await(2, TimeUnit.MINUTES)).isTrue();
    var closing = CompletableFuture.runAsync(engine::close);

    await().atMost(TestCluster.LONG).until(() -> client.get("/health/ready").status() == 503);
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.get("/health").at("/status")).isEqualTo("draining");

    release.countDown();
    closing.get(2, TimeUnit.MINUTES);
  }

  @Test
  void whoHasNoKeyIsToldThatItIsReadyAndNothingElse() {
    ApiClient client = client(cluster.serve("bactrian.api.port=0", "bactrian.api.keys=always"));

    assertThat(client.get("/health/live").json()).hasSize(1);
    assertThat(client.get("/health/ready").json()).hasSize(1);
    assertThat(client.get("/health").status()).isEqualTo(401);
    assertThat(client.get("/metrics").status()).isEqualTo(401);
  }
}
