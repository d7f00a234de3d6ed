package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.store.EmbeddedServer;
import io.bactrian.store.Home;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are woken by others: across outages with one listening session, and not at all. */
final class WakeUpTest {
  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where datname = current_database()"
          + " and query ilike 'listen%'";

  @TempDir private Path folder;

  @BeforeEach
  void define() {
    Scripted.define("nothing", call -> Map.of());
  }

  @Test
  void aNodeHearsAgainAfterTenOutagesOnOneSession() throws Exception {
    Home home = Home.open(folder.resolve("server"));
    EmbeddedServer server = EmbeddedServer.open(home, OptionalInt.empty());
    try (var cluster = new TestCluster(folder, server.address()).template(template())) {
      cluster.serve("bactrian.poll=1h", "bactrian.lease.ttl=20s");
      for (int outage = 1; outage <= 10; outage++) {
        awaitOneSession(cluster);
        if (outage % 3 == 0) {
          server.close();
          server = EmbeddedServer.open(home, OptionalInt.empty());
        } else {
          cluster.count(
              "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                  + " where query ilike 'listen%' and pid <> pg_backend_pid()");
        }
        awaitOneSession(cluster);
        submitElsewhere(cluster);
        assertThat(done(cluster, outage)).as("outage %d", outage).isTrue();
      }
      assertThat(cluster.count(SESSIONS)).isEqualTo(1);
    } finally {
      server.close();
    }
  }

  @Test
  void withoutNotificationThePollFindsTheWork() {
    try (var cluster = new TestCluster(folder).template(template())) {
      cluster.serve("bactrian.notify=false");
      UUID task = cluster.submit("demo/one", Map.of());

      assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
      assertThat(cluster.count(SESSIONS)).isZero();
    }
  }

  private static boolean done(TestCluster cluster, int tasks) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> cluster.count("select count(*) from tasks where state = 'complete'") == tasks);
    return true;
  }

  private static void awaitOneSession(TestCluster cluster) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> cluster.count(SESSIONS) == 1);
  }

  /** Another process submits; it has no node, and tells by NOTIFY. */
  private static void submitElsewhere(TestCluster cluster) {
    try (var client = new Wiring().client(cluster.settings())) {
      client.submit(client.template("demo/one").orElseThrow(), Map.of(), false);
    }
  }

  private static String template() {
    return """
        name: one
        namespace_name: demo
        version: "1"
        steps:
          - {name: only, handler: {callable: scripted, initialization: {script: nothing}}}
        """;
  }
}
