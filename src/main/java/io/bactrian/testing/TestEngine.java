package io.bactrian.testing;

import io.bactrian.InProcessNode;
import io.bactrian.store.Fact;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

/**
 * A Bactrian for one test method: a node with all routes and templates, on a real PostgreSQL.
 *
 * <p>First say what differs ({@link #bind}, {@link #replaceRoute}, {@link #template}, {@link
 * #failAt}), then {@link #runTask}. The node starts with the first task. Not thread safe.
 */
public final class TestEngine implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final TestDatabaseOfClass database;
  private final TestNodes nodes;

  TestEngine(TestDatabaseOfClass database) {
    this.database = database;
    this.nodes = new TestNodes(database);
  }

  void configure(BactrianTest test) {
    for (String folder : test.templates()) {
      nodes.folders().addTemplates(folder);
    }
    for (String folder : test.routes()) {
      nodes.folders().addRoutes(folder);
    }
    for (String setting : test.settings()) {
      String[] pair = setting.split("=", 2);
      set(pair[0], pair.length == 2 ? pair[1] : "");
    }
  }

  /** Gives a setting of the node, such as {@code bactrian.lease.ttl}. */
  public TestEngine set(String key, String value) {
    nodes.set(key, value);
    return this;
  }

  /** Binds a bean that routes and templates name, also in place of one that is there. */
  public TestEngine bind(String name, Object bean) {
    nodes.changes().bind(name, bean);
    return this;
  }

  /** Adds routes, YAML text. */
  public TestEngine routes(String yaml) {
    nodes.folders().writeRoutes(yaml);
    return this;
  }

  /** Adds a task template, YAML text. */
  public TestEngine template(String yaml) {
    nodes.folders().writeTemplate(yaml);
    return this;
  }

  /** Puts a processor in the place of a whole route, which keeps its id and where it starts. */
  public TestEngine replaceRoute(String id, Processor processor) {
    nodes.changes().replaceRoute(id, processor);
    return this;
  }

  /** Changes the context when all routes are read and none is started, for instance advises one. */
  public TestEngine beforeStart(Consumer<CamelContext> change) {
    nodes.changes().afterRoutes(change);
    return this;
  }

  /**
   * The node dies at its n-th commit of this kind from now, before anything of it is true: without
   * cleanup, with all it has in memory. Another node takes over.
   */
  public TestEngine failAt(Fact fact, int nth) {
    nodes.crashPoints().add(fact, nth, false);
    return this;
  }

  /** The same, right after the commit: it is true, and the node dies before it knows. */
  public TestEngine failAfter(Fact fact, int nth) {
    nodes.crashPoints().add(fact, nth, true);
    return this;
  }

  /**
   * Does something just before the n-th commit of this kind from now, on the thread that commits:
   * for instance {@link #failAt} for later, {@link #kill}, or {@link #moveClock}.
   */
  public TestEngine atCommit(Fact fact, int nth, Runnable action) {
    nodes.crashPoints().add(fact, nth, false, life -> action.run());
    return this;
  }

  /** The same, right after the commit. */
  public TestEngine afterCommit(Fact fact, int nth, Runnable action) {
    nodes.crashPoints().add(fact, nth, true, life -> action.run());
    return this;
  }

  /** The node stops in good order; another starts when one is needed. */
  public void drain() {
    nodes.drain();
  }

  /** The node dies now; another takes over when a task is waited for. */
  public void kill() {
    nodes.kill();
  }

  /** It is later by this much, for all leases, retries and time limits. */
  public void moveClock(Duration by) {
    database.clock().move(by);
  }

  /** What the engine's clock says. */
  public Instant now() {
    return database.clock().now();
  }

  /** The Camel context of the living node, started. */
  public CamelContext camel() {
    return nodes.living().camel();
  }

  /** The test's own connections to the database in which the handlers write. */
  public DataSource dataSource() {
    return database.dataSource();
  }

  /** Submits a task and answers at once. */
  public UUID submit(String template, Map<String, ?> context) {
    return nodes.submit(template, plain(context));
  }

  /** Makes a task the node's own: others leave it alone while the node lives. */
  public void adopt(UUID task) {
    nodes.adopt(task);
  }

  /** Submits a task and waits until nothing more happens to it by itself. */
  public TaskRun runTask(String template, Map<String, ?> context) {
    return await(submit(template, context));
  }

  /**
   * Waits until nothing more happens to a task by itself: it is complete or has ended otherwise, is
   * paused, or blocked by failures. Retries need no waiting: the clock moves to the next one.
   *
   * @throws AssertionError if that takes longer than two minutes
   */
  public TaskRun await(UUID task) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      nodes.keepAlive();
      TaskState state = database.tasks().find(task).orElseThrow().state();
      if (state.isAtRest()) {
        return new TaskRun(task, state, database, this, nodes.takeovers());
      }
      if (state == TaskState.WAITING_FOR_RETRY) {
        moveClock(database.clock().untilNextRetry(task));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new AssertionError(
        "task %s has not come to rest in %s; its steps: %s"
            .formatted(task, LIMIT, database.tasks().steps(task)));
  }

  /**
   * Runs the same again, alone and in order: on a node of its own with one slot, without crash
   * points. What it answers is what any run must answer.
   */
  public TaskRun runSerially(String template, Map<String, ?> context) {
    try (InProcessNode alone = nodes.alone()) {
      UUID task =
          alone
              .engine()
              .submit(
                  alone.engine().template(template).orElseThrow(),
                  new LinkedHashMap<>(context),
                  true);
      return await(task);
    }
  }

  /** Files become their paths: what a context may hold is JSON. */
  private static Map<String, Object> plain(Map<String, ?> context) {
    var plain = new LinkedHashMap<String, Object>();
    context.forEach((key, value) -> plain.put(key, value instanceof Path p ? p.toString() : value));
    return plain;
  }

  @Override
  public void close() {
    nodes.close();
  }
}
