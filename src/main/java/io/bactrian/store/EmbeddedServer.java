package io.bactrian.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The private PostgreSQL of a home. It belongs to the home, not to a process: every process that
 * uses it holds a shared lock, and the last to leave stops it.
 *
 * <p>Thread safe; closing is idempotent. Several users in one JVM share one membership.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final Map<Path, Membership> MEMBERSHIPS = new HashMap<>();

  private final Path home;
  private final DatabaseAddress address;
  private boolean closed;

  private EmbeddedServer(Path home, DatabaseAddress address) {
    this.home = home;
    this.address = address;
  }

  /**
   * Starts the server or joins the live one.
   *
   * @param port the port to start it on; empty = the one that was chosen when the home was made
   * @throws StoreException if it cannot be started; the message names the setting
   */
  public static EmbeddedServer open(Home home, OptionalInt port) {
    synchronized (MEMBERSHIPS) {
      Membership membership = MEMBERSHIPS.get(home.path());
      if (membership == null) {
        membership = join(home, port);
        MEMBERSHIPS.put(home.path(), membership);
      }
      membership.users++;
      return new EmbeddedServer(home.path(), membership.address);
    }
  }

  private static Membership join(Home home, OptionalInt port) {
    Path log = home.resolve("postgres.log");
    try {
      var locks = new FileLocks(home.resolve("postgres.lock"));
      try {
        return locks.enter(
            () -> {
              PostgresFolder folder = PostgresFolder.prepare(home);
              var process = new ServerProcess(folder, log, port.orElse(folder.port()), home.hook());
              return new Membership(locks, process, process.ensureRunning());
            });
      } catch (IOException | RuntimeException e) {
        locks.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          "the embedded PostgreSQL cannot be set up in %s: %s (setting bactrian.home)"
              .formatted(home.path(), e.getMessage()),
          e);
    }
  }

  public DatabaseAddress address() {
    return address;
  }

  /**
   * Makes true: the server runs, on the port it had; nothing is done while it lives. Not for the
   * hot path.
   *
   * @throws StoreException if it cannot be started
   */
  public void ensureRunning() {
    synchronized (MEMBERSHIPS) {
      Membership membership = MEMBERSHIPS.get(home);
      if (!closed && membership != null) {
        membership.ensureRunning();
      }
    }
  }

  /** Like {@link #close}, for a server whose data nobody needs any more: it is not written out. */
  void abandon() {
    synchronized (MEMBERSHIPS) {
      Membership membership = MEMBERSHIPS.get(home);
      if (membership != null) {
        membership.stopMode = "immediate";
      }
    }
    close();
  }

  @Override
  public void close() {
    synchronized (MEMBERSHIPS) {
      Membership membership = MEMBERSHIPS.get(home);
      if (closed || membership == null) {
        return;
      }
      closed = true;
      membership.users--;
      if (membership.users == 0) {
        MEMBERSHIPS.remove(home);
        membership.leave();
      }
    }
  }

  /** What this JVM holds of a home's server. */
  private static final class Membership {
    private final FileLocks locks;
    private final ServerProcess process;
    private final DatabaseAddress address;
    private int users;
    private String stopMode = "fast";

    Membership(FileLocks locks, ServerProcess process, DatabaseAddress address) {
      this.locks = locks;
      this.process = process;
      this.address = address;
    }

    void ensureRunning() {
      try {
        DatabaseAddress unused = locks.change(process::ensureRunning);
      } catch (IOException e) {
        throw new StoreException(
            "the embedded PostgreSQL cannot be started again: " + e.getMessage(), e);
      }
    }

    void leave() {
      try (FileLocks held = locks) {
        held.leave(() -> process.stop(stopMode));
      } catch (IOException e) {
        throw new StoreException("the lock of the embedded PostgreSQL cannot be given back", e);
      }
    }
  }
}
