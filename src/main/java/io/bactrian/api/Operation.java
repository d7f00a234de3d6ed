package io.bactrian.api;

import com.networknt.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of the contract.
 *
 * @param id its operationId
 * @param method the HTTP method
 * @param path the path with its parameters in braces
 * @param pattern what a raw path must look like; its groups are the path parameters in order
 * @param permission what the asker must have, {@link #ANY} = any key will do; empty = anybody may
 *     ask
 * @param parameters of path and query
 * @param body what the body must be; empty = there is none
 * @param isBodyRequired whether there must be one
 */
record Operation(
    String id,
    String method,
    String path,
    Pattern pattern,
    Optional<String> permission,
    List<Parameter> parameters,
    Optional<Schema> body,
    boolean isBodyRequired) {
  /** The permission that everybody has who has a key. */
  static final String ANY = "any";

  private static final Pattern IN_BRACES = Pattern.compile("\\{([a-z_]+)}");

  Operation {
    method = method.toUpperCase(Locale.ROOT);
    parameters = List.copyOf(parameters);
  }

  /** Whether who asks does not matter. */
  boolean isPublic() {
    return permission.isEmpty();
  }

  static Pattern pattern(String path) {
    return Pattern.compile(IN_BRACES.matcher(path).replaceAll("([^/]+)"));
  }

  Matcher match(String rawPath) {
    return pattern.matcher(rawPath);
  }

  List<String> pathParameters() {
    return IN_BRACES.matcher(path).results().map(found -> found.group(1)).toList();
  }

  Optional<Parameter> parameter(String name, boolean inQuery) {
    return parameters.stream()
        .filter(p -> p.isQuery() == inQuery && p.name().equals(name))
        .findFirst();
  }
}
