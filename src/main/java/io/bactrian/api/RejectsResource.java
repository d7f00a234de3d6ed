package io.bactrian.api;

import io.bactrian.access.Principal;
import io.bactrian.task.Page;
import io.bactrian.task.RejectFile;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.RejectingStep;
import io.bactrian.task.Rejects;
import io.bactrian.task.TaskPages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rejected records over HTTP. Named {@code rejectsApi} by routes. A broken record cannot be masked
 * field by field: where a column sounds like a secret, its records are masked as a whole.
 */
public final class RejectsResource {
  private final Rejects rejects;
  private final TaskPages pages;

  /**
   * @param rejects reads them
   * @param pages reads tasks
   */
  public RejectsResource(Rejects rejects, TaskPages pages) {
    this.rejects = rejects;
    this.pages = pages;
  }

  /** A page of a task's rejected records. */
  public Object list(Request request) {
    UUID task = TasksResource.find(pages, request).task().uuid();
    List<RejectingStep> steps = rejects.steps(task);
    Page<RejectedRecord> page = rejects.page(task, request.asked("step"), request.page());
    Set<String> masked =
        steps.stream()
            .filter(step -> !maySee(step.columns(), request.principal()))
            .map(RejectingStep::name)
            .collect(Collectors.toSet());
    Map<String, Object> json =
        TaskJson.page(
            "rejects",
            page,
            page.items().stream().map(r -> record(r, masked.contains(r.templateStep()))).toList());
    json.put(
        "steps",
        steps.stream()
            .map(step -> Map.of("step", step.name(), "rejected", step.rejected()))
            .toList());
    return json;
  }

  private static boolean maySee(List<String> columns, Principal principal) {
    return principal.may("secrets:read") || columns.stream().noneMatch(Secrets::isSecret);
  }

  private static Map<String, Object> record(RejectedRecord record, boolean masked) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("step", record.step());
    json.put("template_step", record.templateStep());
    json.put("ordinal", record.ordinal());
    json.put("byte_offset", record.byteOffset());
    json.put("reason", record.reason());
    json.put("record", masked ? Secrets.MASK : record.content().text());
    json.put("record_base64", masked ? null : record.content().base64());
    json.put("record_bytes", record.content().length());
    json.put("created_at", record.createdAt().toString());
    return TaskJson.present(json);
  }

  /** The reject file of a task; goes out while it is read. */
  public Object file(Request request) {
    UUID task = TasksResource.find(pages, request).task().uuid();
    Optional<String> step = request.asked("step");
    RejectFile file = rejects.file(task, step);
    if (!maySee(file.columns(), request.principal())) {
      file.close();
      throw Refusal.of(
          403,
          "not_permitted",
          "%s may not do this: a column of the file sounds like a secret, and the permission secrets:read is missing"
              .formatted(request.principal().name()));
    }
    return Answer.file(file);
  }
}
