package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.access.Principal;
import io.bactrian.task.By;
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
 * @param call the request as HTTP has it
 */
public record Request(
    Operation operation,
    Principal principal,
    Map<String, String> path,
    Map<String, String> query,
    JsonNode body,
    HttpCall call) {
  private static final int USUAL_PAGE = 50;

  public Request {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
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

  /** Who acts, and why, for the verbs of an operator. */
  By by() {
    String name = principal.name();
    String actor =
        given("actor")
            .filter(text -> !text.isBlank())
            .map(text -> principal.equals(Principal.LOCAL) ? text : name + " for " + text)
            .orElse(name);
    Optional<String> reason = given("reason").or(() -> asked("reason")).filter(r -> !r.isBlank());
    return new By(actor, reason.orElse("no reason given"));
  }

  /**
   * For what depends on more than the path.
   *
   * @throws Refusal unless the asker has the permission
   */
  void mustHave(String permission) {
    if (!principal.may(permission)) {
      throw Refusal.of(
          403,
          "not_permitted",
          "%s may not do this: the permission %s is missing"
              .formatted(principal.name(), permission));
    }
  }

  /**
   * For what is about all namespaces.
   *
   * @throws Refusal for an asker who may use some only
   */
  void mustUseAll() {
    Refusal.unlessAllNamespaces(principal);
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
