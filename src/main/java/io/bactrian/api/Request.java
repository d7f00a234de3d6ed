package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bactrian.access.Principal;
import io.bactrian.task.Page;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A request that keeps to the contract, of someone who may ask it.
 *
 * @param operation what is asked
 * @param principal who asks
 * @param path the path's parameters
 * @param query the query's parameters, each given once
 * @param body the body; missing where the operation has none
 */
public record Request(
    Operation operation,
    Principal principal,
    Map<String, String> path,
    Map<String, String> query,
    JsonNode body) {
  private static final int USUAL_PAGE = 50;

  public Request {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  Request(Operation operation, Principal principal, Map<String, String> path) {
    this(operation, principal, path, Map.of(), MissingNode.getInstance());
  }

  UUID uuid(String name) {
    return UUID.fromString(text(name));
  }

  /** A path parameter. */
  String text(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s has no path parameter %s".formatted(operation.id(), name));
    }
    return value;
  }

  Optional<String> asked(String name) {
    return Optional.ofNullable(query.get(name));
  }

  int number(String name, int otherwise) {
    return asked(name).map(Integer::parseInt).orElse(otherwise);
  }

  Page.Cut page() {
    return new Page.Cut(number("page", 1), number("per_page", USUAL_PAGE));
  }

  /** A text of the body. */
  Optional<String> given(String name) {
    return Optional.ofNullable(body.get(name)).filter(n -> !n.isNull()).map(JsonNode::asText);
  }

  /**
   * @throws Refusal unless the asker may use the namespace
   */
  void mustUse(String namespace) {
    if (!principal.mayUse(namespace)) {
      throw Refusal.of(
          403,
          "namespace_not_permitted",
          "%s may not use the namespace %s".formatted(principal.name(), namespace));
    }
  }
}
