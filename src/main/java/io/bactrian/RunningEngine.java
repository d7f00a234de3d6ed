package io.bactrian;

import io.bactrian.cli.Engine;
import io.bactrian.node.Node;
import io.bactrian.task.Submission;
import io.bactrian.task.TaskBook;
import io.bactrian.task.TaskViews;
import io.bactrian.template.Catalog;
import io.bactrian.template.TaskTemplate;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The engine of one command: a database, and a node if the command works. */
final class RunningEngine implements Engine {
  private final Supplier<Catalog> catalog;
  private final TaskBook book;
  private final TaskViews views;
  private final Optional<Node> node;
  private final Closing closing;

  RunningEngine(
      Supplier<Catalog> catalog,
      TaskBook book,
      TaskViews views,
      Optional<Node> node,
      Closing closing) {
    this.catalog = catalog;
    this.book = book;
    this.views = views;
    this.node = node;
    this.closing = closing;
  }

  @Override
  public Optional<TaskTemplate> template(String reference) {
    return catalog.get().find(reference);
  }

  @Override
  public Collection<String> templates() {
    return catalog.get().all().stream().map(TaskTemplate::reference).toList();
  }

  @Override
  public TaskViews tasks() {
    return views;
  }

  @Override
  public UUID submit(TaskTemplate template, Map<String, Object> context, boolean own) {
    Optional<UUID> owner = node.filter(n -> own).map(Node::uuid);
    UUID task = new Submission(book).submit(template, context, Path.of(""), owner);
    node.ifPresent(n -> n.workFor(task));
    return task;
  }

  @Override
  public void adopt(Collection<UUID> tasks) {
    node.ifPresent(
        n -> {
          book.adopt(tasks, n.uuid());
          tasks.forEach(n::workFor);
        });
  }

  @Override
  public void close() {
    closing.close();
  }
}
