package io.bactrian;

import io.bactrian.access.AuditTrail;
import io.bactrian.access.KeyBook;
import io.bactrian.cli.Access;
import io.bactrian.store.AuditTable;
import io.bactrian.store.Database;
import io.bactrian.store.KeyTable;

/** The keys of a database that is open as long as they are. */
record DatabaseAccess(KeyBook keys, AuditTrail trail, Closing closing) implements Access {

  static DatabaseAccess over(Database database, Closing closing) {
    return new DatabaseAccess(new KeyTable(database), new AuditTable(database), closing);
  }

  @Override
  public void close() {
    closing.close();
  }
}
