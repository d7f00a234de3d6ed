package io.bactrian;

import static org.awaitility.Awaitility.await;

import io.bactrian.cli.Engine;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import io.bactrian.task.Step;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Nodes of one database in this JVM, with templates and scripted handlers of a test. */
final class TestCluster implements AutoCloseable {
  static final Duration LONG = Duration.ofMinutes(2);

  final DatabaseAddress address;
  final JdbcClient sql;
  private final Path folder;
  private final Deque<Engine> engines = new ArrayDeque<>();

  TestCluster(Path folder) {
    this(folder, TestDatabase.create());
  }

  TestCluster(Path folder, DatabaseAddress address) {
    this.folder = folder;
    this.address = address;
    this.sql =
        JdbcClient.create(
            new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password()));
    write(
        folder.resolve("routes/scripted.camel.yaml"),
        """
        - beans:
            - name: scripted
              type: io.bactrian.Scripted
              properties:
                dataSource: "#bean:dataSource"
        """);
  }

  /** Every node started from now on knows the template. */
  TestCluster template(String yaml) {
    write(folder.resolve("templates/" + UUID.randomUUID() + ".yaml"), yaml);
    return this;
  }

  /** A node that works for every task. */
  Engine serve(String... settings) {
    return start(false, settings);
  }

  /** A node that works for the tasks it is told to. */
  Engine own(String... settings) {
    return start(true, settings);
  }

  private Engine start(boolean ownTasksOnly, String... settings) {
    Engine engine = new Wiring().node(settings(settings), ownTasksOnly);
    engines.push(engine);
    return engine;
  }

  /** Settings of a node, {@code key=value}, over those that make tests fast. */
  Map<String, String> settings(String... more) {
    var all = new HashMap<String, String>();
    all.put("bactrian.home", folder.resolve("home-" + UUID.randomUUID()).toString());
    all.put("bactrian.database.url", TestDatabase.url(address));
    all.put("bactrian.routes.dir", folder.resolve("routes").toString());
    all.put("bactrian.templates.dir", folder.resolve("templates").toString());
    all.put("bactrian.poll", "100ms");
    all.put("bactrian.lease.ttl", "1s");
    for (String setting : more) {
      String[] pair = setting.split("=", 2);
      all.put(pair[0], pair[1]);
    }
    return all;
  }

  UUID submit(String reference, Map<String, Object> context) {
    Engine engine = engines.getFirst();
    return engine.submit(engine.template(reference).orElseThrow(), context, false);
  }

  /** Waits until nothing more happens to the task without an operator. */
  TaskState atRest(UUID task) {
    return await()
        .atMost(LONG)
        .until(() -> engines.getFirst().tasks().progress(task).state(), TaskState::isAtRest);
  }

  Step step(UUID task, String name) {
    return steps(task).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  List<Step> steps(UUID task) {
    return engines.getFirst().tasks().steps(task);
  }

  /** {@code attempt outcome message} of each ended attempt. */
  List<String> attempts(UUID step) {
    return sql.sql(
            "select attempt || ' ' || outcome || ' ' || coalesce(error ->> 'message', '')"
                + " from step_attempts where step_uuid = :step order by epoch")
        .param("step", step)
        .query(String.class)
        .list();
  }

  long count(String query) {
    return sql.sql(query).query(Long.class).single();
  }

  void shift(String interval) {
    sql.sql("update engine_clock set shift = shift + cast(:by as interval)")
        .param("by", interval)
        .update();
  }

  Path file(String name, String content) {
    write(folder.resolve(name), content);
    return folder.resolve(name);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    while (!engines.isEmpty()) {
      engines.pop().close();
    }
  }
}
