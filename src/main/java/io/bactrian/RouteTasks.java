package io.bactrian;

import io.bactrian.endpoint.TaskRequest;
import io.bactrian.endpoint.Tasks;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.TaskViews;
import io.bactrian.template.Catalog;
import io.bactrian.template.Nearest;
import io.bactrian.template.TaskTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tasks of this process's engine, for routes; any node works for what they start. */
final class RouteTasks implements Tasks {
  private final Catalog catalog;
  private final Submission submission;
  private final TaskViews views;

  RouteTasks(Catalog catalog, Submission submission, TaskViews views) {
    this.catalog = catalog;
    this.submission = submission;
    this.views = views;
  }

  @Override
  public void checkTemplate(String reference) {
    template(reference);
  }

  @Override
  public UUID start(TaskRequest request) {
    var options =
        new SubmitOptions(
            request.idempotencyKey(),
            OnDuplicate.RETURN_EXISTING,
            request.priority().orElse(0),
            List.of(),
            new Origin("route", "", request.correlationId(), Optional.empty()));
    TaskTemplate template = template(request.template());
    return submission
        .submit(template, request.context(), Path.of(""), Optional.empty(), options)
        .task();
  }

  private TaskTemplate template(String reference) {
    return catalog
        .find(reference)
        .orElseThrow(
            () -> {
              List<String> known = catalog.all().stream().map(TaskTemplate::reference).toList();
              return new IllegalArgumentException(
                  "there is no template %s%s; known: %s"
                      .formatted(
                          reference, Nearest.hint(reference, known), String.join(", ", known)));
            });
  }

  @Override
  public TaskViews views() {
    return views;
  }
}
