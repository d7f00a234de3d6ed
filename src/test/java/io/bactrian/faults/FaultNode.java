package io.bactrian.faults;

import io.bactrian.InProcessNode;
import io.bactrian.NodeSetup;
import io.bactrian.cli.Engine;
import io.bactrian.store.CommitHook;
import io.bactrian.store.Fact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/**
 * A node in a process of its own, for tests that kill it. Takes commands on standard input, ends
 * with it, and says what it has done on standard output.
 */
public final class FaultNode {
  private FaultNode() {}

  /** Halts the process at a commit, once armed: no cleanup, no shutdown hook. */
  private static final class Halt implements CommitHook {
    private final AtomicInteger chunks = new AtomicInteger();
    private volatile KillPoint point;

    void arm(KillPoint given) {
      chunks.set(0);
      point = given;
    }

    @Override
    public void before(Fact fact) {
      int begun = fact == Fact.CHECKPOINT ? chunks.incrementAndGet() : chunks.get();
      if (begun >= threshold() && !after()) {
        haltAt(fact);
      }
    }

    @Override
    public void after(Fact fact) {
      if (chunks.get() >= threshold() && after()) {
        haltAt(fact);
      }
    }

    private int threshold() {
      KillPoint armed = point;
      boolean atOnce = armed != null && armed.fact() != Fact.CHECKPOINT && armed.chunk() == 1;
      return armed == null ? Integer.MAX_VALUE : atOnce ? 0 : armed.chunk();
    }

    private boolean after() {
      KillPoint armed = point;
      return armed != null && armed.after();
    }

    private void haltAt(Fact fact) {
      KillPoint armed = point;
      if (armed != null && armed.fact() == fact) {
        Runtime.getRuntime().halt(137);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    var halt = new Halt();
    var setup =
        new NodeSetup() {
          @Override
          public CommitHook hook() {
            return halt;
          }
        };
    if (arguments.length > 3) {
      halt.arm(KillPoint.parse(arguments[3]));
    }
    Map<String, String> settings =
        Map.of(
            "bactrian.database.url", arguments[0],
            "bactrian.home", arguments[1],
            "bactrian.lease.ttl", arguments[2],
            "bactrian.poll", "200ms",
            "bactrian.database.connections", "5",
            "bactrian.node.slots", "2",
            "bactrian.api.port", "",
            "bactrian.templates.dir", "src/test/resources/faults/templates",
            "bactrian.routes.dir", "src/test/resources/faults/routes");
    try (InProcessNode node = InProcessNode.start(settings, false, setup);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      say("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] command = line.split(" ", 3);
        switch (command[0]) {
          case "arm" -> halt.arm(KillPoint.parse(command[1]));
          case "submit" -> submit(node.engine(), Double.parseDouble(command[1]), command[2]);
          case "exhaust" ->
              new Thread(() -> exhaust(node, Long.parseLong(command[1])), "exhaust").start();
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static void submit(Engine engine, double pause, String file) {
    var task =
        engine.submit(
            engine.template(Workload.TEMPLATE).orElseThrow(),
            Map.of("csv_file_path", file, "pause", pause, "fail_once", false),
            false);
    say("task " + task);
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> engine.tasks().find(task).orElseThrow().state().isAtRest());
    say("rest");
  }

  /** Takes all connections of the pool and keeps them for a while. */
  private static void exhaust(InProcessNode node, long millis) {
    DataSource source =
        node.camel().getRegistry().lookupByNameAndType("dataSource", DataSource.class);
    var taken = new ArrayList<Connection>();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (int n = 0; n < 5 && System.nanoTime() < end; n++) {
        Connection connection = source.getConnection();
        taken.add(connection);
        try (var statement = connection.createStatement()) {
          statement.execute("select pg_sleep(0)");
        }
      }
      try (var statement = taken.get(0).createStatement()) {
        statement.execute("select pg_sleep(" + millis / 1000.0 + ")");
      }
      say("exhausted");
    } catch (SQLException | RuntimeException e) {
      say("not exhausted: " + e.getMessage());
    } finally {
      giveBack(taken);
    }
  }

  private static void giveBack(List<Connection> taken) {
    for (Connection connection : taken) {
      try {
        connection.close();
      } catch (SQLException e) {
        say("lost a connection");
      }
    }
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }

  /** Starts one. */
  static Child start(String url, Path home, String ttl, String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                FaultNode.class.getName(),
                url,
                home.toString(),
                ttl));
    command.addAll(List.of(more));
    Path errors = home.resolveSibling(home.getFileName() + ".err");
    return new Child(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start(),
        errors);
  }

  /** The other end. */
  static final class Child {
    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    Child(Process process, Path errors) {
      this.process = process;
      this.errors = errors;
      this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    Process process() {
      return process;
    }

    /** Nobody will listen: what it says is thrown away, so that it never waits for a reader. */
    void forget() {
      var reader = new Thread(this::readOn, "forget");
      reader.setDaemon(true);
      reader.start();
    }

    private void readOn() {
      try {
        String unused = hear("nobody listens");
      } catch (IOException e) {
        // The process was killed.
      }
    }

    /** What it said on standard error. */
    String errors() throws IOException {
      return Files.readString(errors);
    }

    /** The next line that begins so; empty if the process has ended. */
    String hear(String begin) throws IOException {
      String line = out.readLine();
      while (line != null && !line.startsWith(begin)) {
        line = out.readLine();
      }
      return line == null ? "" : line;
    }

    void tell(String command) throws IOException {
      var in = process.outputWriter(StandardCharsets.UTF_8);
      in.write(command + "\n");
      in.flush();
    }

    void signal(String name) throws IOException, InterruptedException {
      int unused =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }
  }
}
