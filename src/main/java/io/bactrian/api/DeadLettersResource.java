package io.bactrian.api;

import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.Resolution;
import io.bactrian.task.TaskPages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks that need a person, over HTTP. Named {@code dlqApi} by routes. */
public final class DeadLettersResource {
  private final DeadLetters letters;
  private final TaskPages pages;

  /**
   * @param letters the entries
   * @param pages finds the namespaces of their tasks
   */
  public DeadLettersResource(DeadLetters letters, TaskPages pages) {
    this.letters = letters;
    this.pages = pages;
  }

  /** Entries, those of high priority first. */
  public Object list(Request request) {
    var selection =
        new DeadLetters.Selection(
            request.asked("resolution").map(Resolution::of),
            request.asked("reason").map(DeadLetterReason::of),
            request.asked("task_uuid").map(UUID::fromString),
            request.number("limit", 100));
    return Map.of(
        "dead_letters",
        letters.list(selection).stream()
            .filter(letter -> maySee(request, letter))
            .map(letter -> summary(letter))
            .toList());
  }

  /** How many there are. */
  public Object stats(Request request) {
    request.mustUseAll();
    DeadLetters.Stats stats = letters.stats();
    var byResolution = new LinkedHashMap<String, Long>();
    for (Resolution each : Resolution.values()) {
      byResolution.put(each.word(), stats.byResolution().getOrDefault(each, 0L));
    }
    var pending = new LinkedHashMap<String, Long>();
    for (DeadLetterReason each : DeadLetterReason.values()) {
      pending.put(each.word(), stats.pendingByReason().getOrDefault(each, 0L));
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("by_resolution", byResolution);
    json.put("pending_by_reason", pending);
    json.put("oldest_pending_at", TaskJson.text(stats.oldestPending()));
    return json;
  }

  /** One entry with its snapshot. */
  public Object get(Request request) {
    return detail(find(request), request);
  }

  /** Puts a task among them. */
  public Object put(Request request) {
    UUID task = UUID.fromString(request.given("task_uuid").orElse(""));
    request.mustUse(
        namespace(task).orElseThrow(() -> Refusal.notFound("there is no task " + task)));
    DeadLetter letter = letters.put(task, request.by());
    return new Answer(201, Map.of("Location", "/v1/dlq/" + letter.uuid()), detail(letter, request));
  }

  /** Changes an entry. */
  public Object update(Request request) {
    DeadLetter letter = find(request);
    var change =
        new DeadLetters.Change(
            request.given("resolution").map(Resolution::of),
            Optional.ofNullable(request.body().get("priority")).map(p -> p.asInt()),
            request.given("note"));
    return detail(letters.update(letter.uuid(), change, request.by()), request);
  }

  private DeadLetter find(Request request) {
    UUID uuid = request.uuid("dlq_uuid");
    DeadLetter letter =
        letters
            .find(uuid)
            .orElseThrow(() -> Refusal.notFound("there is no dead letter %s".formatted(uuid)));
    request.mustUse(namespace(letter.task()).orElse(""));
    return letter;
  }

  private boolean maySee(Request request, DeadLetter letter) {
    return request.principal().namespaces().isEmpty()
        || namespace(letter.task()).filter(request.principal()::mayUse).isPresent();
  }

  private Optional<String> namespace(UUID task) {
    return pages.task(task).map(overview -> overview.task().namespace());
  }

  private static Map<String, Object> summary(DeadLetter letter) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("dlq_uuid", letter.uuid());
    json.put("task_uuid", letter.task());
    json.put("step", letter.step().orElse(null));
    json.put("reason", letter.reason().word());
    json.put("detail", letter.detail());
    json.put("resolution", letter.resolution().word());
    json.put("priority", letter.priority());
    json.put("notes", letter.notes());
    json.put("created_at", letter.createdAt().toString());
    json.put("updated_at", letter.updatedAt().toString());
    json.put("resolved_at", TaskJson.text(letter.resolvedAt()));
    json.put("resolved_by", letter.resolvedBy().orElse(null));
    return TaskJson.present(json);
  }

  private static Map<String, Object> detail(DeadLetter letter, Request request) {
    Map<String, Object> json = summary(letter);
    json.put("snapshot", Secrets.masked(letter.snapshot(), request.principal()));
    return json;
  }
}
