package io.bactrian.store;

import java.util.Collection;
import java.util.UUID;

/** Values as PostgreSQL array parameters; the SQL casts them. */
final class SqlArrays {
  private SqlArrays() {}

  static String[] uuids(Collection<UUID> values) {
    return values.stream().map(UUID::toString).toArray(String[]::new);
  }

  static String[] texts(Collection<String> values) {
    return values.toArray(String[]::new);
  }
}
