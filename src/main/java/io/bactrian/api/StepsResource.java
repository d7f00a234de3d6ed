package io.bactrian.api;

import io.bactrian.step.StepState;
import io.bactrian.task.Page;
import io.bactrian.task.StepDetail;
import io.bactrian.task.StepQuery;
import io.bactrian.task.TaskPages;
import io.bactrian.template.StepType;
import java.util.Locale;
import java.util.UUID;

/** Steps of tasks over HTTP. Named {@code stepsApi} by routes. */
public final class StepsResource {
  private final TaskPages pages;

  public StepsResource(TaskPages pages) {
    this.pages = pages;
  }

  /** A page of a task's steps. */
  public Object list(Request request) {
    UUID task = TasksResource.find(pages, request).task().uuid();
    var query =
        new StepQuery(
            request.asked("state").map(StepState::of),
            request.asked("type").map(t -> StepType.valueOf(t.toUpperCase(Locale.ROOT))));
    Page<StepDetail> page = pages.steps(task, query, request.page());
    return TaskJson.page(
        "workflow_steps",
        page,
        page.items().stream().map(s -> TaskJson.step(s, request.principal())).toList());
  }

  /** One step. */
  public Object get(Request request) {
    return TaskJson.step(find(request), request.principal());
  }

  private StepDetail find(Request request) {
    UUID task = TasksResource.find(pages, request).task().uuid();
    UUID step = request.uuid("step_uuid");
    return pages
        .step(task, step)
        .orElseThrow(() -> Refusal.notFound("task %s has no step %s".formatted(task, step)));
  }
}
