package io.bactrian.testing;

import io.bactrian.store.ClockTable;
import io.bactrian.store.Database;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.HistoryReads;
import io.bactrian.store.RejectReads;
import io.bactrian.store.ScratchServer;
import io.bactrian.store.TaskReads;
import io.bactrian.task.Rejects;
import io.bactrian.task.TaskViews;
import javax.sql.DataSource;

/** A database of its own on the PostgreSQL of this JVM, seen from the test. */
final class TestDatabaseOfClass implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final DatabaseAddress address = ScratchServer.create();
  private final Database database = Database.open(() -> address, CONNECTIONS);

  String url() {
    return address.url();
  }

  TaskViews tasks() {
    return new TaskReads(database);
  }

  HistoryReads history() {
    return new HistoryReads(database);
  }

  Rejects rejects() {
    return new RejectReads(database);
  }

  ClockTable clock() {
    return new ClockTable(database);
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  @Override
  public void close() {
    database.close();
    ScratchServer.drop(address);
  }
}
