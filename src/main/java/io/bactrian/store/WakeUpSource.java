package io.bactrian.store;

import com.impossibl.postgres.api.jdbc.PGConnection;
import com.impossibl.postgres.api.jdbc.PGNotificationListener;
import com.impossibl.postgres.jdbc.PGDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The connection on which camel-pgevent listens, with one change: a lost connection calls us.
 *
 * <p>camel-pgevent 4.17.0 reconnects by itself on the driver's I/O thread and hears nothing after
 * the second loss; so its listener never learns of the loss, and we restart its route.
 */
public final class WakeUpSource extends AbstractDataSource {
  private final Supplier<DatabaseAddress> address;
  private final Set<PGNotificationListener> listeners = ConcurrentHashMap.newKeySet();
  private volatile Runnable lost = () -> {};

  /**
   * @param address where to listen; asked for at the first connection
   */
  public WakeUpSource(Supplier<DatabaseAddress> address) {
    this.address = address;
  }

  /** Whom to call when a connection is lost; called on the driver's thread. */
  public void onLost(Runnable signal) {
    lost = signal;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DatabaseAddress where = address.get();
    var source = new PGDataSource();
    source.setHost(where.host());
    source.setPort(where.port());
    source.setDatabaseName(where.database());
    source.setUser(where.user());
    source.setPassword(where.password());
    return watched((PGConnection) source.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  private Connection watched(PGConnection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            PGConnection.class.getClassLoader(),
            new Class<?>[] {PGConnection.class},
            (proxy, method, arguments) -> call(connection, method, arguments));
  }

  private @Nullable Object call(
      PGConnection connection, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      if (arguments != null) {
        for (int i = 0; i < arguments.length; i++) {
          if (arguments[i] instanceof PGNotificationListener listener) {
            arguments[i] = watched(listener);
          }
        }
      }
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private PGNotificationListener watched(PGNotificationListener listener) {
    var watched =
        new PGNotificationListener() {
          @Override
          public void notification(int processId, String channel, String payload) {
            listener.notification(processId, channel, payload);
          }

          @Override
          public void closed() {
            listeners.remove(this);
            lost.run();
          }
        };
    // The driver holds listeners weakly.
    listeners.add(watched);
    return watched;
  }
}
