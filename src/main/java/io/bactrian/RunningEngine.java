package io.bactrian;

import io.bactrian.cli.Engine;
import io.bactrian.node.Node;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.LiveViews;
import io.bactrian.task.Operations;
import io.bactrian.task.Rejects;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.TaskViews;
import io.bactrian.template.Catalog;
import io.bactrian.template.TaskTemplate;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The engine of one command: a database, and a node if the command works. */
final class RunningEngine implements Engine {
  private final Supplier<Catalog> catalog;
  private final FrontDoor front;
  private final Optional<Working> node;
  private final Closing closing;

  /**
   * What works.
   *
   * @param node claims and runs steps
   * @param api where its REST API is
   */
  record Working(Node node, Optional<URI> api) {}

  RunningEngine(
      Supplier<Catalog> catalog, FrontDoor front, Optional<Working> node, Closing closing) {
    this.catalog = catalog;
    this.front = front;
    this.node = node;
    this.closing = closing;
  }

  @Override
  public Optional<TaskTemplate> template(String reference) {
    return catalog.get().find(reference);
  }

  @Override
  public boolean runs(String reference) {
    return catalog.get().runs(reference);
  }

  @Override
  public Collection<String> templates() {
    return catalog.get().all().stream().map(TaskTemplate::reference).toList();
  }

  @Override
  public TaskViews tasks() {
    return front.views();
  }

  @Override
  public LiveViews live() {
    return front.live();
  }

  @Override
  public TaskHistory history() {
    return front.history();
  }

  @Override
  public Operations operations() {
    return front.operations();
  }

  @Override
  public DeadLetters deadLetters() {
    return front.deadLetters();
  }

  @Override
  public Rejects rejects() {
    return front.rejects();
  }

  @Override
  public Submitted submit(
      TaskTemplate template, Map<String, Object> context, boolean own, SubmitOptions options) {
    Optional<UUID> owner = node.filter(n -> own).map(n -> n.node().uuid());
    Submitted submitted = front.submission().submit(template, context, Path.of(""), owner, options);
    if (own && !submitted.created()) {
      adopt(List.of(submitted.task()));
    } else {
      node.ifPresent(n -> n.node().workFor(submitted.task()));
    }
    return submitted;
  }

  @Override
  public void adopt(Collection<UUID> tasks) {
    node.ifPresent(
        n -> {
          front.book().adopt(tasks, n.node().uuid());
          tasks.forEach(n.node()::workFor);
        });
  }

  @Override
  public Optional<URI> api() {
    return node.flatMap(Working::api);
  }

  @Override
  public void close() {
    closing.close();
  }
}
