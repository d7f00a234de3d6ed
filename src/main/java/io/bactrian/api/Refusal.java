package io.bactrian.api;

import io.bactrian.access.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that is answered with an error. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<Map<String, Object>> details;
  private final transient Map<String, String> headers;

  private Refusal(
      int status,
      String code,
      String message,
      List<Map<String, Object>> details,
      Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.details = List.copyOf(details);
    this.headers = Map.copyOf(headers);
  }

  static Refusal of(int status, String code, String message) {
    return new Refusal(status, code, message, List.of(), Map.of());
  }

  /** The request itself is wrong: 400. */
  static Refusal invalid(String message) {
    return of(400, "invalid_request", message);
  }

  /** What is asked for is not there: 404. */
  static Refusal notFound(String message) {
    return of(404, "not_found", message);
  }

  /**
   * @throws Refusal for an asker who may use some namespaces only: 403
   */
  static void unlessAllNamespaces(Principal asker) {
    if (asker.namespaces().isPresent()) {
      throw of(
          403,
          "namespace_not_permitted",
          "%s may use some namespaces only; this is about all".formatted(asker.name()));
    }
  }

  /** The state of things does not allow it: 409. */
  static Refusal conflict(String code, String message) {
    return of(409, code, message);
  }

  Refusal with(List<Map<String, Object>> moreDetails) {
    return new Refusal(status, code, message(), moreDetails, headers);
  }

  Refusal with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Refusal(status, code, message(), details, more);
  }

  String message() {
    String message = getMessage();
    return message == null ? code : message;
  }

  int status() {
    return status;
  }

  Answer answer() {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code);
    error.put("message", message());
    error.put("details", details);
    return new Answer(status, headers, Map.of("error", error));
  }
}
