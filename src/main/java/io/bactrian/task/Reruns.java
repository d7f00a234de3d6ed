package io.bactrian.task;

import io.bactrian.template.TaskTemplate;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Submits once more what was submitted before: the same template version, the same context. */
public final class Reruns {
  private final Submission submission;
  private final Function<String, Optional<TaskTemplate>> templates;

  /**
   * @param submission creates tasks
   * @param templates finds a template by {@code namespace/name@version}
   */
  public Reruns(Submission submission, Function<String, Optional<TaskTemplate>> templates) {
    this.submission = submission;
    this.templates = templates;
  }

  /**
   * Creates a task that does another one again.
   *
   * @throws VerbRefused if this process does not have the template
   */
  public UUID rerun(PastSubmission past, UUID task, By by) {
    TaskTemplate template =
        templates
            .apply(past.template())
            .orElseThrow(
                () ->
                    new VerbRefused(
                        "rerun",
                        "template %s is not known here".formatted(past.template()),
                        "with the template's folder in setting bactrian.templates.dir"));
    return submission.rerun(
        template, past.context(), Path.of(past.baseFolder()), new NewTask.Rerun(task, by));
  }
}
