package io.bactrian.faults;

import io.bactrian.store.ChaosServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three node processes on one PostgreSQL, and everything bad that can happen to them. */
final class Cluster implements AutoCloseable {
  static final Duration TTL = Duration.ofMillis(1500);
  private static final int NODES = 3;

  private final ChaosServer server;
  private final JdbcClient sql;
  private final Path folder;
  private final List<FaultNode.Child> nodes = new ArrayList<>();
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);

  Cluster(ChaosServer server, JdbcClient sql, Path folder) throws IOException {
    this.server = server;
    this.sql = sql;
    this.folder = folder;
    for (int n = 0; n < NODES; n++) {
      nodes.add(start());
    }
    for (FaultNode.Child node : nodes) {
      node.hear("ready");
      node.forget();
    }
  }

  /** Starts another in its place, without waiting for it. */
  private void replace(int node) throws IOException {
    nodes.set(node, start());
    nodes.get(node).forget();
  }

  private FaultNode.Child start() throws IOException {
    return FaultNode.start(
        server.address().url(), Files.createTempDirectory(folder, "home-"), TTL.toMillis() + "ms");
  }

  /** Does it. */
  void suffer(Fault fault, Random random) throws IOException, InterruptedException {
    int victim = random.nextInt(NODES);
    if (!nodes.get(victim).process().isAlive()) {
      // It could not start while its sessions were ended; whoever watches it starts it again.
      replace(victim);
    }
    FaultNode.Child node = nodes.get(victim);
    switch (fault) {
      case SIGKILL -> {
        node.process().destroyForcibly().waitFor();
        replace(victim);
      }
      case SIGSTOP_FOR_TWO_TTLS -> {
        node.signal("STOP");
        later.schedule(() -> wake(node), 2 * TTL.toMillis(), TimeUnit.MILLISECONDS);
      }
      case TERMINATE_BACKENDS -> terminate();
      case RESTART_POSTGRES -> server.crash();
      case EXHAUST_POOL -> node.tell("exhaust " + 2 * TTL.toMillis());
    }
  }

  private Object wake(FaultNode.Child node) throws IOException, InterruptedException {
    node.signal("CONT");
    return node;
  }

  /** All sessions of all nodes; the one that says so as well. */
  private void terminate() {
    try {
      List<Boolean> unused =
          sql.sql(
                  "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")
              .query(Boolean.class)
              .list();
    } catch (DataAccessException e) {
      // Our own session was one of them.
    }
  }

  /** All nodes run again. */
  void heal() throws IOException, InterruptedException {
    for (int n = 0; n < NODES; n++) {
      if (nodes.get(n).process().isAlive()) {
        nodes.get(n).signal("CONT");
      } else {
        replace(n);
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    later.shutdownNow();
    for (FaultNode.Child node : nodes) {
      node.signal("CONT");
      node.process().destroyForcibly().waitFor();
    }
  }
}
