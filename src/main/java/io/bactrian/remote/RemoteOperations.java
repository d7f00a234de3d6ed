package io.bactrian.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.json.Json;
import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import java.util.Map;
import java.util.UUID;

/** The verbs of an operator, done by a server. */
final class RemoteOperations implements Operations {
  private final Http http;

  RemoteOperations(Http http) {
    this.http = http;
  }

  @Override
  public Effect retry(UUID task, By by) {
    return act(task, action("retry", by));
  }

  @Override
  public Effect retry(UUID task, String step, By by) {
    return act(task, action("retry", by).put("step", step));
  }

  @Override
  public Effect resolve(UUID task, String step, By by) {
    return act(task, action("resolve", by).put("step", step));
  }

  @Override
  public Effect resolve(UUID task, By by) {
    return act(task, action("resolve", by));
  }

  @Override
  public Effect complete(UUID task, String step, Map<String, Object> result, By by) {
    ObjectNode body = action("complete", by).put("step", step);
    body.set("result", Json.MAPPER.valueToTree(result));
    return act(task, body);
  }

  @Override
  public Effect cancel(UUID task, By by) {
    return act(task, action("cancel", by));
  }

  @Override
  public Effect pause(UUID task, By by) {
    return act(task, action("pause", by));
  }

  @Override
  public Effect unpause(UUID task, By by) {
    return act(task, action("unpause", by));
  }

  @Override
  public Effect rerun(UUID task, By by) {
    return act(task, action("rerun", by));
  }

  static ObjectNode by(By by) {
    return Json.MAPPER.createObjectNode().put("actor", by.actor()).put("reason", by.reason());
  }

  private static ObjectNode action(String action, By by) {
    return by(by).put("action", action);
  }

  private Effect act(UUID task, ObjectNode body) {
    return http.read(
        http.post("/v1/tasks/%s/actions".formatted(task), body).json(), Answers::effect);
  }
}
