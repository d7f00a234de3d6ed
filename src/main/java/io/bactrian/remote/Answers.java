package io.bactrian.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.Attempt;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.Effect;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Receipt;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.Resolution;
import io.bactrian.task.Step;
import io.bactrian.task.StepCounts;
import io.bactrian.task.StepDetail;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskState;
import io.bactrian.task.Transition;
import io.bactrian.template.StepType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** JSON of the contract {@code openapi.yaml} as the records that the commands print. */
final class Answers {
  private Answers() {}

  static TaskOverview overview(JsonNode json) {
    return new TaskOverview(task(json), figures(json));
  }

  static Task task(JsonNode json) {
    int total = json.path("total_steps").asInt();
    int running = json.path("in_progress_steps").asInt();
    int failed = json.path("failed_steps").asInt();
    int done = json.path("completed_steps").asInt();
    return new Task(
        uuid(json, "task_uuid"),
        text(json, "namespace"),
        text(json, "name"),
        text(json, "version"),
        TaskState.of(text(json, "status")),
        Json.toObject(need(json, "context")),
        new StepCounts(total - running - failed - done, running, 0, failed, done),
        at(json, "created_at"),
        at(json, "updated_at"),
        maybe(json, "completed_at").map(Instant::parse),
        options(json));
  }

  private static SubmitOptions options(JsonNode json) {
    return new SubmitOptions(
        maybe(json, "idempotency_key"),
        OnDuplicate.RETURN_EXISTING,
        json.path("priority").asInt(),
        texts(json.path("tags")),
        new Origin(
            text(json, "initiator"),
            text(json, "reason"),
            maybe(json, "correlation_id"),
            maybe(json, "parent_correlation_id")));
  }

  private static TaskFigures figures(JsonNode json) {
    return new TaskFigures(
        json.path("in_progress_steps").asInt(),
        json.path("rows_total").asLong(),
        json.path("rows_done").asLong(),
        json.path("rows_rejected").asLong());
  }

  /** The receipt of a task that has been pruned. */
  static Optional<Receipt> receipt(JsonNode json) {
    JsonNode left = json.path("receipt");
    if (!left.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new Receipt(
            task(json),
            figures(json),
            maybe(left, "rerun_of").map(UUID::fromString),
            Optional.of(left.path("result"))
                .filter(result -> !result.isNull() && !result.isMissingNode())
                .map(result -> Json.MAPPER.convertValue(result, Object.class)),
            maybe(left, "result_sha256"),
            at(left, "pruned_at")));
  }

  static StepDetail detail(JsonNode json) {
    return new StepDetail(
        step(json),
        Json.toObject(need(json, "inputs")),
        object(json, "checkpoint"),
        json.path("dependencies_satisfied").asBoolean(),
        maybe(json, "next_retry_at").map(Instant::parse),
        at(json, "created_at"),
        maybe(json, "started_at").map(Instant::parse),
        maybe(json, "completed_at").map(Instant::parse));
  }

  static Step step(JsonNode json) {
    return new Step(
        uuid(json, "step_uuid"),
        text(json, "name"),
        text(json, "template_step"),
        StepType.valueOf(text(json, "type").toUpperCase(Locale.ROOT)),
        StepState.of(text(json, "current_state")),
        json.path("attempts").asInt(),
        json.path("max_attempts").asInt(),
        texts(json.path("dependencies")),
        object(json, "results"));
  }

  static Effect effect(JsonNode json) {
    return new Effect(
        uuid(json, "task_uuid"),
        TaskState.of(text(json, "previous_status")),
        TaskState.of(text(json, "status")),
        texts(json.path("steps")),
        json.path("served").asBoolean());
  }

  static Transition transition(JsonNode json) {
    return new Transition(
        maybe(json, "step").orElse(""),
        maybe(json, "from_state").orElse(""),
        text(json, "to_state"),
        json.path("epoch").asInt(),
        at(json, "at"),
        text(json, "actor"),
        text(json, "reason"));
  }

  static Attempt attempt(JsonNode json) {
    return new Attempt(
        text(json, "step"),
        json.path("attempt").asInt(),
        uuid(json, "node_uuid"),
        at(json, "started_at"),
        at(json, "ended_at"),
        maybe(json, "error"));
  }

  static RejectedRecord reject(JsonNode json) {
    return new RejectedRecord(
        text(json, "step"),
        text(json, "template_step"),
        json.path("ordinal").asLong(),
        json.path("byte_offset").asLong(),
        text(json, "reason"),
        new RejectedRecord.Content(
            text(json, "record"),
            maybe(json, "record_base64").orElse(""),
            json.path("record_bytes").asLong()),
        at(json, "created_at"));
  }

  static DeadLetter letter(JsonNode json) {
    return new DeadLetter(
        uuid(json, "dlq_uuid"),
        uuid(json, "task_uuid"),
        maybe(json, "step"),
        DeadLetterReason.of(text(json, "reason")),
        text(json, "detail"),
        object(json, "snapshot").orElse(Map.of()),
        Resolution.of(text(json, "resolution")),
        json.path("priority").asInt(),
        text(json, "notes"),
        at(json, "created_at"),
        at(json, "updated_at"),
        maybe(json, "resolved_at").map(Instant::parse),
        maybe(json, "resolved_by"));
  }

  static UUID uuid(JsonNode json, String key) {
    return UUID.fromString(text(json, key));
  }

  static String text(JsonNode json, String key) {
    return need(json, key).asText();
  }

  static Optional<String> maybe(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key)).filter(node -> !node.isNull()).map(JsonNode::asText);
  }

  private static Instant at(JsonNode json, String key) {
    return Instant.parse(text(json, key));
  }

  private static Optional<Map<String, Object>> object(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key)).filter(JsonNode::isObject).map(Json::toObject);
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static JsonNode need(JsonNode json, String key) {
    JsonNode node = json.get(key);
    if (node == null) {
      throw new IllegalArgumentException("the answer has no '%s'".formatted(key));
    }
    return node;
  }
}
