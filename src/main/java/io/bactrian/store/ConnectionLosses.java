package io.bactrian.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Remembers for each thread that it has lost a connection of the pool, or got none. Thread safe.
 */
final class ConnectionLosses implements SQLExceptionOverride {
  private final ThreadLocal<Boolean> lost = ThreadLocal.withInitial(() -> false);

  /** Called by the pool for what its connections throw. */
  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    if (isLoss(failure)) {
      lost.set(true);
    }
    return Override.CONTINUE_EVICT;
  }

  /** This thread got no connection. */
  void refused() {
    lost.set(true);
  }

  /** Whether this thread has lost one since it asked last. */
  boolean since() {
    boolean since = lost.get();
    lost.remove();
    return since;
  }

  /** Classes of SQLSTATE: connection exception, operator intervention (shutdown, crash). */
  private static boolean isLoss(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("08") || state.matches("57P0[1-5]"));
  }
}
