package io.bactrian.api;

import io.bactrian.json.Json;
import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import io.bactrian.task.StepDetail;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskPages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** Any verb, on a task or on a step by its name. */
  public Object act(Request request) {
    String action = request.given("action").orElse("");
    Optional<String> step = request.given("step");
    request.mustHave(permission(action, step.isPresent()));
    UUID task = task(request);
    By by = request.by();
    if (step.isPresent() != action.equals("complete") && !isForBoth(action)) {
      throw Refusal.invalid(
          "%s is for %s".formatted(action, step.isPresent() ? "a whole task" : "one step"));
    }
    return effect(
        switch (action) {
          case "retry" ->
              step.map(s -> operations.retry(task, s, by))
                  .orElseGet(() -> operations.retry(task, by));
          case "resolve" ->
              step.map(s -> operations.resolve(task, s, by))
                  .orElseGet(() -> operations.resolve(task, by));
          case "complete" -> operations.complete(task, step.orElse(""), result(request), by);
          case "cancel" -> operations.cancel(task, by);
          case "pause" -> operations.pause(task, by);
          case "unpause" -> operations.unpause(task, by);
          default -> operations.rerun(task, by);
        });
  }

  private static boolean isForBoth(String action) {
    return action.equals("retry") || action.equals("resolve");
  }

  private static String permission(String action, boolean isOfStep) {
    return switch (action) {
      case "retry" -> isOfStep ? "steps:retry" : "tasks:retry";
      case "resolve" -> "steps:resolve";
      case "complete" -> "steps:complete";
      case "cancel" -> "tasks:cancel";
      case "pause", "unpause" -> "tasks:pause";
      default -> "tasks:create";
    };
  }

  private static Map<String, Object> effect(Effect effect) {
    var json = new LinkedHashMap<String, Object>();
    json.put("task_uuid", effect.task());
    json.put("previous_status", effect.before().word());
    json.put("status", effect.after().word());
    json.put("steps", effect.steps());
    json.put("served", effect.served());
    return json;
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
