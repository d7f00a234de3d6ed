package io.bactrian.api;

import io.bactrian.ApiNode;
import io.bactrian.access.Permissions;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import io.bactrian.store.Database;
import io.bactrian.store.KeyTable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes API keys in the database of a node. */
public final class Keys implements AutoCloseable {
  private final Database database;
  private final KeyTable table;
  private int count;

  public Keys(ApiNode node) {
    this.database = Database.open(node::database, 2);
    this.table = new KeyTable(database);
  }

  public String with(String permissions) {
    return with(permissions, Optional.empty());
  }

  String in(String namespace, String permissions) {
    return with(permissions, Optional.of(Set.of(namespace)));
  }

  private String with(String permissions, Optional<Set<String>> namespaces) {
    count++;
    Secret secret = Secret.random();
    table.create(
        new Principal("key-" + count, Permissions.parse(permissions), namespaces),
        secret,
        Duration.ofDays(1));
    return secret.reveal();
  }

  String expiringIn(Duration validity) {
    count++;
    Secret secret = Secret.random();
    table.create(new Principal("key-" + count, Set.of("*"), Optional.empty()), secret, validity);
    return secret.reveal();
  }

  void revokeLast() {
    table.revoke("key-" + count);
  }

  @Override
  public void close() {
    database.close();
  }
}
