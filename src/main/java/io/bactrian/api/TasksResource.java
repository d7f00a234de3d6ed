package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.access.AuditTrail;
import io.bactrian.json.Json;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Page;
import io.bactrian.task.Receipt;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.Task;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskPages;
import io.bactrian.task.TaskQuery;
import io.bactrian.task.TaskState;
import io.bactrian.template.Catalog;
import io.bactrian.template.TaskTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tasks over HTTP. Named {@code tasksApi} by routes. */
public final class TasksResource {
  private final TaskPages pages;
  private final Submission submission;
  private final Catalog catalog;
  private final AuditTrail trail;
  private final Admission admission;

  /**
   * @param pages reads tasks
   * @param submission creates them
   * @param catalog the templates of this node
   * @param trail where submissions are noted
   * @param admission whether a task is taken
   */
  public TasksResource(
      TaskPages pages,
      Submission submission,
      Catalog catalog,
      AuditTrail trail,
      Admission admission) {
    this.pages = pages;
    this.submission = submission;
    this.catalog = catalog;
    this.trail = trail;
    this.admission = admission;
  }

  /** A page of tasks, newest first. */
  public Object list(Request request) {
    request.asked("namespace").ifPresent(request::mustUse);
    var query =
        new TaskQuery(
            request.asked("status").map(TaskState::of),
            request.asked("namespace"),
            request.asked("name"),
            request.principal().namespaces());
    Page<TaskOverview> page = pages.tasks(query, request.page());
    return TaskJson.page(
        "tasks",
        page,
        page.items().stream().map(t -> TaskJson.task(t, request.principal())).toList());
  }

  /** One task. */
  public Object get(Request request) {
    UUID uuid = request.uuid("task_uuid");
    Optional<Receipt> receipt = pages.receipt(uuid);
    receipt.ifPresent(left -> request.mustUse(left.task().namespace()));
    return receipt
        .map(left -> TaskJson.receipt(left, request.principal()))
        .orElseGet(() -> TaskJson.task(find(pages, request), request.principal()));
  }

  /** Submits a task. */
  public Object submit(Request request) {
    String namespace = request.given("namespace").orElse("");
    request.mustUse(namespace);
    TaskTemplate template = template(request, namespace);
    JsonNode given = request.body().path("context");
    admission.check(given);
    Map<String, Object> context = given.isMissingNode() ? Map.of() : Json.toObject(given);
    Submitted submitted =
        submission.submit(template, context, Path.of(""), Optional.empty(), options(request));
    UUID uuid = submitted.task();
    Object task =
        pages
            .receipt(uuid)
            .map(left -> TaskJson.receipt(left, request.principal()))
            .orElseGet(() -> TaskJson.task(overview(uuid), request.principal()));
    if (!submitted.created()) {
      return Answer.ok(task);
    }
    trail.note(
        new AuditTrail.Entry(
            request.principal().name(),
            "submit " + template.reference(),
            uuid.toString(),
            request.given("reason").orElse(""),
            true));
    return Answer.created(uuid, task);
  }

  private static SubmitOptions options(Request request) {
    var tags = new ArrayList<String>();
    request.body().path("tags").forEach(tag -> tags.add(tag.asText()));
    return new SubmitOptions(
        request.given("idempotency_key"),
        request.given("on_duplicate").map(OnDuplicate::of).orElse(OnDuplicate.RETURN_EXISTING),
        request.body().path("priority").asInt(0),
        tags,
        new Origin(
            request.given("initiator").orElse(request.principal().name()),
            request.given("reason").orElse(""),
            request.given("correlation_id"),
            request.given("parent_correlation_id")));
  }

  private TaskTemplate template(Request request, String namespace) {
    String name = namespace + "/" + request.given("name").orElse("");
    String reference = request.given("version").map(v -> name + "@" + v).orElse(name);
    return catalog
        .find(reference)
        .orElseThrow(
            () ->
                Refusal.of(
                    404, "unknown_template", "there is no template %s".formatted(reference)));
  }

  private TaskOverview overview(UUID task) {
    return pages
        .task(task)
        .orElseThrow(() -> Refusal.notFound("there is no task %s".formatted(task)));
  }

  /** The task of a request's path, if the asker may see it. */
  static TaskOverview find(TaskPages pages, Request request) {
    UUID uuid = request.uuid("task_uuid");
    TaskOverview overview = pages.task(uuid).orElseThrow(() -> absent(pages, request, uuid));
    Task task = overview.task();
    request.mustUse(task.namespace());
    return overview;
  }

  /** Why a task is not found: it has been pruned, or there is none. */
  private static Refusal absent(TaskPages pages, Request request, UUID uuid) {
    Optional<Receipt> receipt = pages.receipt(uuid);
    receipt.ifPresent(left -> request.mustUse(left.task().namespace()));
    return receipt
        .map(left -> Refusal.of(410, "pruned", left.message()))
        .orElseGet(() -> Refusal.notFound("there is no task %s".formatted(uuid)));
  }
}
