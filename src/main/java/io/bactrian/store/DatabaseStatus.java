package io.bactrian.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a database is.
 *
 * @param address where it is and who is logged in
 * @param serverVersion PostgreSQL's version
 * @param bytes how large it is, with indexes
 * @param schema version of the newest script that was applied; empty before the first
 * @param pending scripts of this program that were not applied
 * @param foreign scripts that were applied and that this program does not have
 * @param tasks how many there are in each state
 * @param receipts how many have left
 * @param liveNodes how many nodes work
 * @param connections how many are open, of all databases of the server
 * @param maxConnections how many may be
 */
public record DatabaseStatus(
    DatabaseAddress address,
    String serverVersion,
    long bytes,
    Optional<String> schema,
    List<String> pending,
    List<String> foreign,
    Map<String, Long> tasks,
    long receipts,
    long liveNodes,
    long connections,
    long maxConnections) {

  /** Looks at a database and leaves it as it is. */
  public static DatabaseStatus of(DatabaseAddress address) {
    return Database.look(address, jdbc -> new StatusReads(jdbc).status(address));
  }
}
