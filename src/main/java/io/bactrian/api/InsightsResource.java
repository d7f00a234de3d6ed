package io.bactrian.api;

import io.bactrian.access.AuditTrail;
import io.bactrian.task.Attempt;
import io.bactrian.task.Insights;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.TaskPages;
import io.bactrian.task.Transition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Progress, history, nodes and figures over HTTP. Named {@code insightsApi} by routes. */
public final class InsightsResource {
  private static final int STRAGGLERS = 50;

  private final Insights insights;
  private final TaskPages pages;
  private final TaskHistory history;
  private final AuditTrail trail;

  /**
   * @param insights what is asked
   * @param pages finds the tasks it is asked of
   * @param history what became of them
   * @param trail what people did
   */
  public InsightsResource(
      Insights insights, TaskPages pages, TaskHistory history, AuditTrail trail) {
    this.insights = insights;
    this.pages = pages;
    this.history = history;
    this.trail = trail;
  }

  /** How far a task is. */
  public Object progress(Request request) {
    UUID task = task(request);
    var json = new LinkedHashMap<String, Object>(insights.progress(task));
    json.put("stragglers", insights.stragglers(task, STRAGGLERS));
    return json;
  }

  /** All workers of a task, as short rows under named columns. */
  public Object batches(Request request) {
    List<Map<String, Object>> batches = insights.batches(task(request));
    List<String> columns =
        List.of(
            "step_uuid",
            "name",
            "state",
            "attempts",
            "rows_done",
            "rows_total",
            "started_at",
            "completed_at");
    return Map.of("columns", columns, "batches", batches.stream().map(Map::values).toList());
  }

  /** The changes of a task's state. */
  public Object transitions(Request request) {
    return Map.of("transitions", insights.taskTransitions(task(request)));
  }

  /** What became of a task and its steps. */
  public Object history(Request request) {
    UUID task = task(request);
    int limit = request.number("limit", 100);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("rerun_of", history.rerunOf(task).orElse(null));
    json.put(
        "transitions",
        history.newest(task, limit).stream().map(InsightsResource::transition).toList());
    json.put(
        "failed_attempts",
        history.failedAttempts(task, limit).stream().map(InsightsResource::attempt).toList());
    return json;
  }

  private static Map<String, Object> transition(Transition transition) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("step", transition.step().isEmpty() ? null : transition.step());
    json.put("from_state", transition.from().isEmpty() ? null : transition.from());
    json.put("to_state", transition.to());
    json.put("epoch", transition.epoch());
    json.put("at", transition.at().toString());
    json.put("actor", transition.actor());
    json.put("reason", transition.reason());
    return TaskJson.present(json);
  }

  private static Map<String, Object> attempt(Attempt attempt) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("step", attempt.step());
    json.put("attempt", attempt.attempt());
    json.put("node_uuid", attempt.node());
    json.put("started_at", attempt.startedAt().toString());
    json.put("ended_at", attempt.endedAt().toString());
    json.put("error", attempt.error().orElse(null));
    return TaskJson.present(json);
  }

  /** The changes of a step's state and its attempts. */
  public Object stepAudit(Request request) {
    UUID task = task(request);
    UUID step = request.uuid("step_uuid");
    if (pages.step(task, step).isEmpty()) {
      throw Refusal.notFound("task %s has no step %s".formatted(task, step));
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("step_uuid", step);
    json.put("transitions", insights.stepTransitions(step));
    json.put("attempts", insights.stepAttempts(step));
    return json;
  }

  /** The nodes. */
  public Object nodes(Request request) {
    request.mustUseAll();
    return Map.of("nodes", insights.nodes());
  }

  /** How tasks and steps did. */
  public Object performance(Request request) {
    return insights.performance(window(request));
  }

  /** Where the time goes. */
  public Object bottlenecks(Request request) {
    var json = new LinkedHashMap<String, Object>();
    json.put("hours", request.number("hours", 24));
    json.put("steps", insights.bottlenecks(window(request), request.number("limit", 10)));
    return json;
  }

  /** What people did. */
  public Object audit(Request request) {
    request.mustUseAll();
    long before = request.number("before", Integer.MAX_VALUE);
    return Map.of(
        "entries",
        trail.newest(before, request.number("limit", 100)).stream()
            .map(InsightsResource::entry)
            .toList());
  }

  private static Map<String, Object> entry(AuditTrail.Kept kept) {
    var json = new LinkedHashMap<String, Object>();
    json.put("number", kept.number());
    json.put("at", kept.at().toString());
    json.put("actor", kept.entry().actor());
    json.put("action", kept.entry().action());
    json.put("target", kept.entry().target());
    json.put("reason", kept.entry().reason());
    json.put("outcome", kept.entry().done() ? "done" : "refused");
    return json;
  }

  private static Insights.Window window(Request request) {
    return new Insights.Window(request.number("hours", 24), request.principal().namespaces());
  }

  private UUID task(Request request) {
    return TasksResource.find(pages, request).task().uuid();
  }
}
