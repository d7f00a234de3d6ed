package io.bactrian.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The connections of a pool; somebody is told of each, on the thread that takes it. */
final class NotedConnections extends DelegatingDataSource {
  private final Runnable taken;

  NotedConnections(DataSource pool, Runnable taken) {
    super(pool);
    this.taken = taken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    taken.run();
    return super.getConnection();
  }
}
