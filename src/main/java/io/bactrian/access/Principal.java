package io.bactrian.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks, and what they may do.
 *
 * @param name who is written into transitions and the audit trail
 * @param permissions such as {@code tasks:create}, {@code dlq:*}, {@code *}
 * @param namespaces the namespaces they may see and use; empty = all
 */
public record Principal(String name, Set<String> permissions, Optional<Set<String>> namespaces) {
  /** Whoever sits at this machine, when no key is asked for. */
  public static final Principal LOCAL = new Principal("local", Set.of("*"), Optional.empty());

  /** Whoever has not said who they are, where that does not matter. */
  public static final Principal ANYBODY = new Principal("anybody", Set.of(), Optional.of(Set.of()));

  public Principal {
    permissions = Set.copyOf(permissions);
    namespaces = namespaces.map(Set::copyOf);
  }

  /** Whether a permission, or a wildcard over it, is theirs. */
  public boolean may(String permission) {
    int colon = permission.indexOf(':');
    return permissions.contains("*")
        || permissions.contains(permission)
        || (colon > 0 && permissions.contains(permission.substring(0, colon) + ":*"));
  }

  /** Whether they may see and use a namespace. */
  public boolean mayUse(String namespace) {
    return namespaces.map(all -> all.contains(namespace)).orElse(true);
  }
}
