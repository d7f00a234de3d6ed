package io.bactrian.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The permissions there are. */
public final class Permissions {
  /** One for each verb; the dashboard and the docs list them in this order. */
  public static final List<String> ALL =
      List.of(
          "tasks:read",
          "tasks:create",
          "tasks:cancel",
          "tasks:pause",
          "tasks:retry",
          "steps:retry",
          "steps:resolve",
          "steps:complete",
          "dlq:read",
          "dlq:update",
          "templates:read",
          "analytics:read",
          "events:read",
          "secrets:read",
          "routes:call",
          "system:read",
          "system:audit");

  private Permissions() {}

  /**
   * Reads a list such as {@code tasks:read,dlq:*}.
   *
   * @throws KeyRefused that names what is not known and what is
   */
  public static Set<String> parse(String list) {
    var permissions = new TreeSet<String>();
    for (String one : Arrays.asList(list.split(",", -1))) {
      String permission = one.strip();
      if (!isKnown(permission, ALL)) {
        throw new KeyRefused(
            "permission '%s' is not known; allowed: %s, one kind such as tasks:*, or *"
                .formatted(permission, String.join(", ", ALL)));
      }
      permissions.add(permission);
    }
    return permissions;
  }

  private static boolean isKnown(String permission, Collection<String> all) {
    return permission.equals("*")
        || all.contains(permission)
        || (permission.endsWith(":*")
            && all.stream()
                .anyMatch(p -> p.startsWith(permission.substring(0, permission.length() - 1))));
  }
}
