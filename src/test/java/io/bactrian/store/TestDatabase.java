package io.bactrian.store;

/** One embedded PostgreSQL a test run; a database of its own for who asks. */
public final class TestDatabase {
  private TestDatabase() {}

  /** The address of a new, empty database. */
  public static DatabaseAddress create() {
    return ScratchServer.create();
  }

  /** The same as a URL with login. */
  public static String url(DatabaseAddress address) {
    return address.url();
  }

  /** A migrated database of its own. */
  public static Database open() {
    DatabaseAddress address = create();
    return Database.open(() -> address, 4);
  }
}
