package io.bactrian.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.task.By;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Tasks of a server that need a person. */
final class RemoteDeadLetters implements DeadLetters {
  private static final int MOST = 500;

  private final Http http;

  RemoteDeadLetters(Http http) {
    this.http = http;
  }

  @Override
  public List<DeadLetter> list(Selection selection) {
    var path = new StringBuilder("/v1/dlq?limit=" + Math.max(1, Math.min(selection.limit(), MOST)));
    selection.resolution().ifPresent(r -> path.append("&resolution=").append(r.word()));
    selection.reason().ifPresent(r -> path.append("&reason=").append(r.word()));
    selection.task().ifPresent(task -> path.append("&task_uuid=").append(task));
    var letters = new ArrayList<DeadLetter>();
    for (JsonNode json : http.get(path.toString()).path("dead_letters")) {
      letters.add(http.read(json, Answers::letter));
    }
    return letters;
  }

  @Override
  public Optional<DeadLetter> find(UUID uuid) {
    return http.find("/v1/dlq/" + uuid).map(json -> http.read(json, Answers::letter));
  }

  @Override
  public DeadLetter put(UUID task, By by) {
    ObjectNode body = RemoteOperations.by(by).put("task_uuid", task.toString());
    return http.read(http.post("/v1/dlq", body).json(), Answers::letter);
  }

  @Override
  public DeadLetter update(UUID uuid, Change change, By by) {
    ObjectNode body = RemoteOperations.by(by);
    change.resolution().ifPresent(resolution -> body.put("resolution", resolution.word()));
    change.priority().ifPresent(priority -> body.put("priority", priority));
    change.note().ifPresent(note -> body.put("note", note));
    return http.read(http.patch("/v1/dlq/" + uuid, body).json(), Answers::letter);
  }

  @Override
  public Stats stats() {
    JsonNode stats = http.get("/v1/dlq/stats");
    return new Stats(
        counts(stats.path("by_resolution"), Resolution.class, Resolution::of),
        counts(stats.path("pending_by_reason"), DeadLetterReason.class, DeadLetterReason::of),
        Answers.maybe(stats, "oldest_pending_at").map(Instant::parse));
  }

  /** Those that are not zero. */
  private static <K extends Enum<K>> Map<K, Long> counts(
      JsonNode json, Class<K> type, Function<String, K> word) {
    var counts = new EnumMap<K, Long>(type);
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      if (each.getValue().asLong() > 0) {
        counts.put(word.apply(each.getKey()), each.getValue().asLong());
      }
    }
    return counts;
  }
}
