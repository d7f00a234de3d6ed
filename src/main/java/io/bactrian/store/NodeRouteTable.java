package io.bactrian.store;

import java.util.Collection;
import java.util.UUID;

/** The table {@code node_routes}: which step routes a serving node has. */
public final class NodeRouteTable {
  private final Database database;

  public NodeRouteTable(Database database) {
    this.database = database;
  }

  private static final String ANNOUNCE =
      """
      insert into node_routes (node_uuid, route_id)
      select :node, route_id from unnest(cast(:routes as text[])) as r (route_id)
      on conflict do nothing
      """;

  /** Makes true: everybody can know that this node works for steps of these routes. */
  public void announce(UUID node, Collection<String> routeIds) {
    database.commit(
        Fact.ANNOUNCE_ROUTES,
        () ->
            database
                .jdbc()
                .sql(ANNOUNCE)
                .param("node", node)
                .param("routes", SqlArrays.texts(routeIds))
                .update());
  }
}
