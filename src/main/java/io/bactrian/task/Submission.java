package io.bactrian.task;

import io.bactrian.json.Json;
import io.bactrian.template.Growth;
import io.bactrian.template.InputSchema;
import io.bactrian.template.TaskTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns a template and a context into a task. */
public final class Submission {
  private final TaskBook book;

  public Submission(TaskBook book) {
    this.book = book;
  }

  /**
   * Creates a task, whose first steps are ready at once.
   *
   * @param template what is to run
   * @param context checked against the template's {@code input_schema}
   * @param baseFolder where relative paths of the context start
   * @param owner the node that alone works for the task while it lives; empty = any node
   * @return the task's identity
   * @throws InvalidContext with every path the schema does not allow; nothing is created
   */
  public UUID submit(
      TaskTemplate template, Map<String, Object> context, Path baseFolder, Optional<UUID> owner) {
    return submit(template, context, baseFolder, owner, Optional.empty());
  }

  /** Creates a task that does another one again, with its context. */
  public UUID rerun(
      TaskTemplate template, Map<String, Object> context, Path baseFolder, NewTask.Rerun rerun) {
    return submit(template, context, baseFolder, Optional.empty(), Optional.of(rerun));
  }

  private UUID submit(
      TaskTemplate template,
      Map<String, Object> context,
      Path baseFolder,
      Optional<UUID> owner,
      Optional<NewTask.Rerun> rerun) {
    List<String> problems =
        template.inputSchema().map(s -> InputSchema.problems(s, context)).orElse(List.of());
    if (!problems.isEmpty()) {
      throw new InvalidContext(template.reference(), problems);
    }
    var uuid = UUID.randomUUID();
    book.create(
        new NewTask(
            uuid,
            book.keep(template),
            Json.write(context),
            baseFolder.toAbsolutePath().toString(),
            owner,
            template.maxDuration(),
            rerun,
            Growth.first(template).stream()
                .map(step -> NewTask.NewStep.of(template, step))
                .toList()));
    return uuid;
  }
}
