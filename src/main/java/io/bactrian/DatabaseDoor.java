package io.bactrian;

import io.bactrian.access.AuditTrail;
import io.bactrian.cli.DatabaseCare;
import io.bactrian.store.AuditTable;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.DatabaseStatus;
import io.bactrian.store.Pruning;
import io.bactrian.task.Retention;
import org.jspecify.annotations.Nullable;

/** The database of the settings, opened as far as it is asked for. */
final class DatabaseDoor implements DatabaseCare {
  private final Settings settings;
  private final Closing closing = new Closing();
  private final DatabaseServer server;
  private @Nullable Database open;

  /**
   * @param server what the settings name, also closed here
   */
  DatabaseDoor(Settings settings, DatabaseServer server) {
    this.settings = settings;
    this.server = server;
    closing.add(server);
  }

  @Override
  public boolean isEmbedded() {
    return settings.optional("bactrian.database.url").isEmpty();
  }

  @Override
  public DatabaseStatus status() {
    return DatabaseStatus.of(server.address());
  }

  @Override
  public void migrate() {
    Database unused = migrated();
  }

  @Override
  public String url(boolean withPassword) {
    DatabaseAddress address = server.address();
    return withPassword ? address.url() : address.urlWithoutPassword();
  }

  @Override
  public Retention retention() {
    return new Pruning(migrated(), settings.retention());
  }

  @Override
  public AuditTrail trail() {
    return new AuditTable(migrated());
  }

  private Database migrated() {
    if (open == null) {
      open = closing.add(server.open());
      open.awaitReady();
    }
    return open;
  }

  @Override
  public void close() {
    closing.close();
  }
}
