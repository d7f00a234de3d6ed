package io.bactrian.store;

import java.time.Duration;
import java.util.UUID;

/** The table {@code nodes}. */
public final class NodeTable {
  /** The channel on which nodes listen. */
  public static final String CHANNEL = "bactrian_wake_up";

  private final Database database;

  public NodeTable(Database database) {
    this.database = database;
  }

  /**
   * What a node says of itself.
   *
   * @param host its machine
   * @param pid its process there
   * @param slots how many steps it works on at once, at most
   * @param ownTasksOnly whether it works only for the tasks it was started for
   */
  public record Presence(String host, long pid, int slots, boolean ownTasksOnly) {}

  /** Makes true: the node is known and lives, and works for every task, one step at a time. */
  public void register(UUID node, String host, long pid, Duration ttl) {
    register(node, new Presence(host, pid, 1, false), ttl);
  }

  /** Makes true: the node is known and lives. */
  public void register(UUID node, Presence presence, Duration ttl) {
    database.commit(
        Fact.REGISTER_NODE,
        () ->
            database
                .jdbc()
                .sql(
                    """
            insert into nodes (node_uuid, host, pid, slots, alive_until, own_tasks_only)
            values (:node, :host, :pid, :slots,
                    engine_now() + :ttl * interval '1 millisecond', :own)
            """)
                .param("node", node)
                .param("host", presence.host())
                .param("pid", presence.pid())
                .param("slots", presence.slots())
                .param("ttl", ttl.toMillis())
                .param("own", presence.ownTasksOnly())
                .update());
  }

  /** Makes true: the node was alive just now. */
  public void beat(UUID node, Duration ttl) {
    database.commit(
        Fact.BEAT,
        () ->
            database
                .jdbc()
                .sql(
                    """
            update nodes set alive_until = engine_now() + :ttl * interval '1 millisecond'
            where node_uuid = :node
            """)
                .param("node", node)
                .param("ttl", ttl.toMillis())
                .update());
  }

  /** Makes true: the node is known to be gone. */
  public void bury(UUID node) {
    database.commit(
        Fact.BURY_NODE,
        () ->
            database
                .jdbc()
                .sql(
                    """
            update nodes set alive_until = least(alive_until, engine_now()) where node_uuid = :node
            """)
                .param("node", node)
                .update());
  }

  private static final String CALL = "select pg_notify(:channel, :payload)";

  /**
   * Wakes the nodes, at the end of the transaction if there is one: steps are ready. Does nothing
   * where notification is switched off.
   */
  public void call() {
    call("");
  }

  /**
   * The same, with a text that everybody hears.
   *
   * @param payload what to say
   */
  public void call(String payload) {
    if (database.notifies()) {
      database.commit(
          Fact.WAKE_NODES,
          () ->
              database
                  .jdbc()
                  .sql(CALL)
                  .param("channel", CHANNEL)
                  .param("payload", payload)
                  .query((row, n) -> 0)
                  .list());
    }
  }
}
