package io.bactrian.task;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a task's state.
 *
 * @param position where it stands among all events
 * @param task the task
 * @param namespace of its template
 * @param name of its template
 * @param version of its template
 * @param from the state before; empty for a new task
 * @param to the state after
 * @param at when
 * @param actor who
 * @param reason why
 */
public record TaskEvent(
    Position position,
    UUID task,
    String namespace,
    String name,
    String version,
    Optional<TaskState> from,
    TaskState to,
    Instant at,
    String actor,
    String reason) {

  /**
   * The order of events: by transaction, then by row. Rows alone will not do: a row with a smaller
   * number may be committed later.
   *
   * @param transaction the transaction that wrote it
   * @param row its row
   */
  public record Position(long transaction, long row) {}

  /** {@code namespace/name@version}. */
  public String reference() {
    return namespace + "/" + name + "@" + version;
  }

  /** The event as JSON data. */
  public Map<String, @Nullable Object> toMap() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("task_uuid", task.toString());
    map.put("namespace", namespace);
    map.put("name", name);
    map.put("version", version);
    map.put("from_state", from.map(TaskState::word).orElse(null));
    map.put("to_state", to.word());
    map.put("at", at.toString());
    map.put("actor", actor);
    map.put("reason", reason);
    return map;
  }
}
