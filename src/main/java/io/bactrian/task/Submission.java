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
  private final ContextLimits limits;
  private final SubmissionTrace trace;

  public Submission(TaskBook book) {
    this(book, ContextLimits.STANDARD);
  }

  /**
   * @param book keeps tasks
   * @param limits what a context may be
   */
  public Submission(TaskBook book, ContextLimits limits) {
    this(book, limits, SubmissionTrace.NONE);
  }

  /**
   * The same with traces.
   *
   * @param trace begins them
   */
  public Submission(TaskBook book, ContextLimits limits, SubmissionTrace trace) {
    this.book = book;
    this.limits = limits;
    this.trace = trace;
  }

  /** The same as the other, for a submission that says nothing else. */
  public UUID submit(
      TaskTemplate template, Map<String, Object> context, Path baseFolder, Optional<UUID> owner) {
    return submit(template, context, baseFolder, owner, SubmitOptions.NONE).task();
  }

  /** Creates a task that does another one again, with its context; it is the same as no other. */
  public UUID rerun(
      TaskTemplate template, Map<String, Object> context, Path baseFolder, NewTask.Rerun rerun) {
    check(template, context);
    SubmitOptions options =
        new SubmitOptions(
            Optional.empty(),
            OnDuplicate.RETURN_EXISTING,
            0,
            template.rules().tags(),
            new Origin(
                rerun.by().actor(), rerun.by().reason(), Optional.empty(), Optional.empty()));
    NewTask again =
        task(
            template,
            context,
            baseFolder,
            Optional.empty(),
            Optional.of(rerun),
            Optional.empty(),
            options);
    return create(template, again).task();
  }

  /**
   * Creates a task, whose first steps are ready at once, unless a task of its identity exists: of
   * any number of submissions at once exactly one creates it.
   *
   * @param template what is to run
   * @param context checked against the template's {@code input_schema}; kept as it is
   * @param baseFolder where relative paths of the context start
   * @param owner the node that alone works for the task while it lives; empty = any node
   * @param options identity, priority, origin
   * @throws InvalidContext with every path that is not allowed
   * @throws DuplicateTask if a task of its identity exists and the options refuse that
   */
  public Submitted submit(
      TaskTemplate template,
      Map<String, Object> context,
      Path baseFolder,
      Optional<UUID> owner,
      SubmitOptions options) {
    check(template, context);
    return create(
        template,
        task(
            template,
            context,
            baseFolder,
            owner,
            Optional.empty(),
            Identity.of(template, context, options.idempotencyKey()),
            options.tagged(template.rules().tags())));
  }

  private Submitted create(TaskTemplate template, NewTask task) {
    return trace.around(template.reference(), span -> book.create(task.tracedBy(span)));
  }

  private NewTask task(
      TaskTemplate template,
      Map<String, Object> context,
      Path baseFolder,
      Optional<UUID> owner,
      Optional<NewTask.Rerun> rerun,
      Optional<String> identity,
      SubmitOptions options) {
    return new NewTask(
        UUID.randomUUID(),
        book.keep(template),
        Json.write(context),
        baseFolder.toAbsolutePath().toString(),
        owner,
        template.maxDuration(),
        rerun,
        identity,
        options,
        Optional.empty(),
        Growth.first(template).stream().map(step -> NewTask.NewStep.of(template, step)).toList());
  }

  private void check(TaskTemplate template, Map<String, Object> context) {
    List<String> unkeepable = limits.problems(context);
    if (!unkeepable.isEmpty()) {
      throw new InvalidContext(unkeepable);
    }
    List<String> problems =
        template.inputSchema().map(s -> InputSchema.problems(s, context)).orElse(List.of());
    if (!problems.isEmpty()) {
      throw new InvalidContext(template.reference(), problems);
    }
  }
}
