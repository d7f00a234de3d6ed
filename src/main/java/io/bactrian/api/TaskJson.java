package io.bactrian.api;

import io.bactrian.access.Principal;
import io.bactrian.task.Page;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.StepCounts;
import io.bactrian.task.StepDetail;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskOverview;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks and steps as the contract writes them. */
final class TaskJson {
  private TaskJson() {}

  static Map<String, Object> task(TaskOverview overview, Principal principal) {
    Task task = overview.task();
    StepCounts counts = task.counts();
    TaskFigures figures = overview.figures();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("task_uuid", task.uuid());
    json.put("namespace", task.namespace());
    json.put("name", task.name());
    json.put("version", task.version());
    json.put("status", task.state().word());
    json.put("execution_status", overview.executionStatus());
    json.put("context", Secrets.masked(task.context(), principal));
    SubmitOptions options = task.options();
    json.put("priority", options.priority());
    json.put("tags", options.tags());
    json.put("correlation_id", options.origin().correlationId().orElse(null));
    json.put("parent_correlation_id", options.origin().parentCorrelationId().orElse(null));
    json.put("initiator", options.origin().initiator());
    json.put("reason", options.origin().reason());
    json.put("idempotency_key", options.idempotencyKey().orElse(null));
    json.put("created_at", task.createdAt().toString());
    json.put("updated_at", task.updatedAt().toString());
    json.put("completed_at", text(task.completedAt()));
    json.put("completion_percentage", overview.completionPercentage());
    json.put("total_steps", counts.total());
    // Figures may be a second old; no more can run than has not ended since.
    long open = (long) counts.total() - counts.done() - counts.failed();
    long running = Math.min(figures.stepsRunning(), open);
    json.put("pending_steps", open - running);
    json.put("in_progress_steps", running);
    json.put("completed_steps", counts.done());
    json.put("failed_steps", counts.failed());
    json.put("rows_total", figures.rowsTotal());
    json.put("rows_done", figures.rowsDone());
    json.put("rows_rejected", figures.rowsRejected());
    json.put("receipt", null);
    return present(json);
  }

  /** A task that has been pruned, as it ended. */
  static Map<String, Object> receipt(Receipt receipt, Principal principal) {
    var left = new LinkedHashMap<String, @Nullable Object>();
    left.put("pruned_at", receipt.prunedAt().toString());
    left.put("result", receipt.result().map(r -> Secrets.masked(r, principal)).orElse(null));
    left.put("result_sha256", receipt.resultSha256().orElse(null));
    left.put("rerun_of", receipt.rerunOf().orElse(null));
    Map<String, Object> json = task(receipt.overview(), principal);
    json.put("receipt", left);
    return json;
  }

  /** What moves while a task runs. */
  static Map<String, Object> progress(TaskOverview overview) {
    Map<String, Object> json = new LinkedHashMap<>(task(overview, Principal.ANYBODY));
    List.of(
            "context",
            "tags",
            "correlation_id",
            "parent_correlation_id",
            "initiator",
            "reason",
            "idempotency_key",
            "completed_at",
            "receipt")
        .forEach(json::remove);
    return json;
  }

  static Map<String, Object> step(StepDetail detail, Principal principal) {
    Step step = detail.step();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("step_uuid", step.uuid());
    json.put("name", step.name());
    json.put("template_step", step.templateStep());
    json.put("type", step.type().word());
    json.put("dependencies", step.parents());
    json.put("current_state", step.state().word());
    json.put("results", step.results().map(r -> Secrets.masked(r, principal)).orElse(null));
    json.put("inputs", Secrets.masked(detail.inputs(), principal));
    json.put("checkpoint", detail.checkpoint().map(c -> Secrets.masked(c, principal)).orElse(null));
    json.put("attempts", step.attempts());
    json.put("max_attempts", step.maxAttempts());
    json.put("dependencies_satisfied", detail.dependenciesSatisfied());
    json.put("next_retry_at", text(detail.nextRetryAt()));
    json.put("created_at", detail.createdAt().toString());
    json.put("started_at", text(detail.startedAt()));
    json.put("completed_at", text(detail.completedAt()));
    return present(json);
  }

  /** A list under its name, with where it stands in the whole. */
  static Map<String, Object> page(String name, Page<?> page, List<?> items) {
    var pagination = new LinkedHashMap<String, Object>();
    pagination.put("page", page.number());
    pagination.put("per_page", page.size());
    pagination.put("total_count", page.total());
    pagination.put("total_pages", page.pages());
    var json = new LinkedHashMap<String, Object>();
    json.put(name, items);
    json.put("pagination", pagination);
    return json;
  }

  static @Nullable String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  /** JSON has null; the rest of the program has not. */
  @SuppressWarnings({"NullAway", "unchecked"})
  static Map<String, Object> present(Map<String, @Nullable Object> json) {
    return (Map<String, Object>) (Map<String, ?>) json;
  }
}
