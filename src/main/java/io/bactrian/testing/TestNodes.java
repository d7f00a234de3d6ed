package io.bactrian.testing;

import io.bactrian.InProcessNode;
import io.bactrian.store.CommitHook;
import io.bactrian.task.Task;
import io.bactrian.template.TaskTemplate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The nodes of one test, one after the other: when one dies, the next takes over. */
final class TestNodes implements AutoCloseable {
  /** Longer than any lease of a test: all that a dead node held has ended. */
  private static final Duration LEASES_END = Duration.ofMinutes(10);

  private final TestDatabaseOfClass database;
  private final Folders folders = new Folders();
  private final Changes changes = new Changes();
  private final CrashPoints crashPoints = new CrashPoints();
  private final Map<String, String> settings = new HashMap<>();
  private CrashPoints.Life life = crashPoints.new Life();
  private @Nullable InProcessNode node;
  private int takeovers;

  TestNodes(TestDatabaseOfClass database) {
    this.database = database;
    settings.put("bactrian.poll", "50ms");
    // The methods of a test class share a database, and each may give a template another content.
    settings.put("bactrian.mode", "development");
    settings.put("bactrian.api.port", "");
  }

  Folders folders() {
    return folders;
  }

  Changes changes() {
    return changes;
  }

  CrashPoints crashPoints() {
    return crashPoints;
  }

  int takeovers() {
    return takeovers;
  }

  void set(String key, String value) {
    settings.put(key, value);
  }

  void kill() {
    life.end();
  }

  void drain() {
    living().close();
    node = null;
  }

  void adopt(UUID task) {
    try {
      living().engine().adopt(List.of(task));
    } catch (NodeDied e) {
      living().engine().adopt(List.of(task));
    }
  }

  /** The node that lives; if there is none, one starts and finds all leases of the dead ended. */
  InProcessNode living() {
    while (true) {
      if (life.isOver()) {
        bury();
      }
      if (node != null) {
        return node;
      }
      try {
        node = start(settings, false, life);
      } catch (RuntimeException e) {
        if (!life.isOver()) {
          throw e;
        }
      }
    }
  }

  /** Makes true: a node lives. */
  void keepAlive() {
    InProcessNode unused = living();
  }

  private void bury() {
    if (node != null) {
      node.interrupt();
      node.close();
      node = null;
    }
    life = crashPoints.new Life();
    takeovers++;
    database.clock().move(LEASES_END);
  }

  /** Submits; if the node dies over it and the task is not there, once more. */
  UUID submit(String reference, Map<String, Object> context) {
    while (true) {
      Optional<UUID> newest = newest();
      try {
        InProcessNode at = living();
        TaskTemplate template =
            at.engine()
                .template(reference)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "there is no template %s; there are: %s"
                                .formatted(reference, at.engine().templates())));
        return at.engine().submit(template, context, false);
      } catch (NodeDied e) {
        Optional<UUID> now = newest();
        if (now.isPresent() && !now.equals(newest)) {
          return now.get();
        }
      }
    }
  }

  private Optional<UUID> newest() {
    return database.tasks().newest(1).stream().map(Task::uuid).findFirst();
  }

  /** A node with one slot that works for its own tasks only. */
  InProcessNode alone() {
    var serial = new HashMap<>(settings);
    serial.put("bactrian.node.slots", "1");
    return start(serial, true, CommitHook.NONE);
  }

  private InProcessNode start(Map<String, String> given, boolean own, CommitHook hook) {
    var all = new HashMap<>(given);
    all.put("bactrian.home", folders.home().resolve("home").toString());
    all.put("bactrian.database.url", database.url());
    all.put("bactrian.templates.dir", folders.templates());
    all.put("bactrian.routes.dir", folders.routes());
    return InProcessNode.start(all, own, changes.with(hook));
  }

  @Override
  public void close() {
    if (node != null) {
      if (life.isOver()) {
        node.interrupt();
      }
      node.close();
    }
    folders.close();
  }
}
