package io.bactrian.api;

import io.bactrian.access.AuditTrail;
import io.bactrian.access.Principal;
import java.util.Optional;

/** Lets a request in that keeps to the contract, of someone who may ask it. Thread safe. */
final class Gate {
  private final Contract contract;
  private final Authentication authentication;
  private final AuditTrail trail;

  Gate(Contract contract, Authentication authentication, AuditTrail trail) {
    this.contract = contract;
    this.authentication = authentication;
    this.trail = trail;
  }

  /**
   * The request, if the contract has its path and method.
   *
   * @throws Refusal when it may not come in
   */
  Optional<Request> request(HttpCall call) {
    return contract.find(call.method(), call.path()).map(operation -> request(operation, call));
  }

  private Request request(Operation operation, HttpCall call) {
    Principal principal = operation.isPublic() ? Principal.ANYBODY : authentication.principal(call);
    operation.permission().ifPresent(permission -> permit(principal, permission, call));
    return RequestReader.read(operation, principal, call);
  }

  /** Whether a path, with its parameters in braces, stands in the contract. */
  boolean has(String path) {
    return contract.operations().stream().anyMatch(o -> o.path().equals(path));
  }

  /**
   * Who calls a route that is not of the contract.
   *
   * @throws Refusal when they lack the permission
   */
  Principal caller(HttpCall call, String permission) {
    Principal principal = authentication.principal(call);
    permit(principal, permission, call);
    return principal;
  }

  /**
   * Who calls a route that manages the node, and so tells of all namespaces.
   *
   * @throws Refusal when they lack {@code system:read}, or may use some namespaces only
   */
  Principal manager(HttpCall call) {
    Principal principal = caller(call, "system:read");
    Refusal.unlessAllNamespaces(principal);
    return principal;
  }

  private void permit(Principal principal, String permission, HttpCall call) {
    if (permission.equals(Operation.ANY) || principal.may(permission)) {
      return;
    }
    if (!call.isSafe()) {
      trail.note(
          new AuditTrail.Entry(
              principal.name(), permission, call.method() + " " + call.path(), "", false));
    }
    throw Refusal.of(
        403,
        "not_permitted",
        "%s may not do this: the permission %s is missing".formatted(principal.name(), permission));
  }
}
