package io.bactrian.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.task.Attempt;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What became of a server's tasks. */
final class RemoteHistory implements TaskHistory {
  private final Http http;

  RemoteHistory(Http http) {
    this.http = http;
  }

  @Override
  public List<Transition> newest(UUID task, int limit) {
    return list(task, limit, "transitions", Answers::transition);
  }

  @Override
  public List<Attempt> failedAttempts(UUID task, int limit) {
    return list(task, limit, "failed_attempts", Answers::attempt);
  }

  @Override
  public Optional<UUID> rerunOf(UUID task) {
    return Answers.maybe(history(task, 1), "rerun_of").map(UUID::fromString);
  }

  private <T> List<T> list(UUID task, int limit, String name, Function<JsonNode, T> reading) {
    var items = new ArrayList<T>();
    history(task, limit).path(name).forEach(json -> items.add(http.read(json, reading)));
    return items;
  }

  private JsonNode history(UUID task, int limit) {
    return http.get("/v1/tasks/%s/history?limit=%d".formatted(task, limit));
  }
}
