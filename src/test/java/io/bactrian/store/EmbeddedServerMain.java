package io.bactrian.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.OptionalInt;

/**
 * A process of its own for tests: opens a home, commits as often as asked, waits for a line,
 * closes.
 */
public final class EmbeddedServerMain {
  private EmbeddedServerMain() {}

  public static void main(String[] arguments) throws Exception {
    Home home = Home.open(Path.of(arguments[0]));
    int commits = Integer.parseInt(arguments[1]);
    try (EmbeddedServer server = EmbeddedServer.open(home, OptionalInt.empty())) {
      DatabaseAddress address = server.address();
      try (Connection login =
              DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
          Statement statement = login.createStatement()) {
        statement.execute("create table if not exists kept (n int)");
        for (int n = 0; n < commits; n++) {
          statement.execute("insert into kept values (" + n + ")");
        }
      }
      System.out.println("ready " + address.port());
      int unused = System.in.read();
    }
  }
}
