package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.metrics.Metrics;
import io.bactrian.node.WakeUp;
import io.bactrian.store.CommitHook;
import io.bactrian.store.Database;
import io.bactrian.store.EmbeddedServer;
import io.bactrian.store.Fact;
import io.bactrian.store.Home;
import io.bactrian.store.NodeTable;
import io.bactrian.store.TestDatabase;
import io.bactrian.store.WakeUpSource;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.RoutePolicySupport;
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

  @Test
  void aNodeThatDoesNotHearItselfStartsItsRouteAnew() throws Exception {
    var check = Duration.ofMillis(100);
    var self = UUID.randomUUID();
    var hears = new AtomicBoolean(true);
    var calls = new AtomicInteger();
    var starts = new AtomicInteger();
    var ears = new CopyOnWriteArrayList<Consumer<String>>();
    var hook =
        new CommitHook() {
          @Override
          public void after(Fact fact) {
            if (fact == Fact.WAKE_NODES && hears.get()) {
              ears.forEach(ear -> ear.accept(self.toString()));
              calls.incrementAndGet();
            }
          }
        };
    var address = TestDatabase.create();
    try (var database = Database.open(() -> address, 2, hook);
        var wakeUp = new WakeUp(new NodeTable(database), self, check);
        var metrics = new Metrics();
        var camel = new DefaultCamelContext()) {
      metrics.watch(wakeUp);
      camel.addRoutes(route(starts));
      camel.start();
      ears.add(wakeUp::heard);
      wakeUp.listen(camel, new WakeUpSource(() -> address), () -> {}, Duration.ZERO);
      await().atMost(TestCluster.LONG).until(() -> calls.get() >= 5 && starts.get() >= 1);
      assertThat(wakeUp.restarts()).isZero();
      assertThat(starts).hasValue(1);

      hears.set(false);
      await().atMost(TestCluster.LONG).until(() -> wakeUp.restarts() >= 2 && starts.get() >= 3);
      assertThat(metrics.registry().get("bactrian.wake.up.restarts").functionCounter().count())
          .isGreaterThanOrEqualTo(2);
    }
  }

  /** A route of the name that is started anew, through which nothing comes. */
  private static RouteBuilder route(AtomicInteger starts) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:nothing")
            .routeId("wake-up")
            .autoStartup(false)
            .routePolicy(
                new RoutePolicySupport() {
                  @Override
                  public void onStart(Route route) {
                    starts.incrementAndGet();
                  }
                })
            .to("log:heard");
      }
    };
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
