package io.bactrian.api;

import io.bactrian.json.Json;
import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import io.bactrian.task.StepDetail;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskPages;
import java.util.Map;
import java.util.UUID;

/** What an operator can do to a task, over HTTP. Named {@code verbsApi} by routes. */
public final class VerbsResource {
  private final Operations operations;
  private final TaskPages pages;

  /**
   * @param operations does it
   * @param pages shows what came of it
   */
  public VerbsResource(Operations operations, TaskPages pages) {
    this.operations = operations;
    this.pages = pages;
  }

  /** Cancels a task. */
  public Object cancel(Request request) {
    operations.cancel(task(request), request.by());
    return shown(request);
  }

  /** Lets a task rest. */
  public Object pause(Request request) {
    operations.pause(task(request), request.by());
    return shown(request);
  }

  /** Lets a paused task go on. */
  public Object unpause(Request request) {
    operations.unpause(task(request), request.by());
    return shown(request);
  }

  /** Makes all failed steps ready again. */
  public Object retry(Request request) {
    operations.retry(task(request), request.by());
    return shown(request);
  }

  /** Settles a task by hand. */
  public Object resolve(Request request) {
    operations.resolve(task(request), request.by());
    return shown(request);
  }

  /** Makes a new task of an old one. */
  public Object rerun(Request request) {
    Effect effect = operations.rerun(task(request), request.by());
    TaskOverview made =
        pages
            .task(effect.task())
            .orElseThrow(() -> Refusal.notFound("there is no task %s".formatted(effect.task())));
    return Answer.created(effect.task(), TaskJson.task(made, request.principal()));
  }

  /** Resets, resolves or completes a step. */
  public Object patchStep(Request request) {
    String action = request.given("action_type").orElse("");
    request.mustHave(
        switch (action) {
          case "reset_for_retry" -> "steps:retry";
          case "resolve_manually" -> "steps:resolve";
          default -> "steps:complete";
        });
    UUID task = task(request);
    UUID uuid = request.uuid("step_uuid");
    String step = step(task, uuid).step().uuid().toString();
    By by = request.by();
    switch (action) {
      case "reset_for_retry" -> operations.retry(task, step, by);
      case "resolve_manually" -> operations.resolve(task, step, by);
      default -> operations.complete(task, step, result(request), by);
    }
    return TaskJson.step(step(task, uuid), request.principal());
  }

  private static Map<String, Object> result(Request request) {
    if (!request.body().path("result").isObject()) {
      throw Refusal.invalid("result is missing; allowed: an object, what the handler would answer");
    }
    return Json.toObject(request.body().get("result"));
  }

  private StepDetail step(UUID task, UUID step) {
    return pages
        .step(task, step)
        .orElseThrow(() -> Refusal.notFound("task %s has no step %s".formatted(task, step)));
  }

  private UUID task(Request request) {
    return TasksResource.find(pages, request).task().uuid();
  }

  private Object shown(Request request) {
    return TaskJson.task(TasksResource.find(pages, request), request.principal());
  }
}
