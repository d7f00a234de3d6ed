package io.bactrian.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A database on which one scene after another is set, each on empty tables. */
final class Stage implements AutoCloseable {
  final Database database;
  private final SingleConnectionDataSource beside;
  private final JdbcClient sql;

  Stage(CommitHook hook) {
    DatabaseAddress address = TestDatabase.create();
    this.database = Database.open(() -> address, 4, hook);
    this.beside =
        new SingleConnectionDataSource(address.jdbcUrl(), address.user(), address.password(), true);
    this.sql = JdbcClient.create(beside);
    database.awaitReady();
  }

  Scene scene() {
    String tables =
        tables().stream()
            .filter(table -> !table.equals("engine_clock"))
            .collect(Collectors.joining(", "));
    int unused = sql.sql("truncate %s restart identity cascade".formatted(tables)).update();
    return new Scene(database);
  }

  /** All rows of each table, sorted; read past the hook. */
  Map<String, List<String>> rows() {
    var rows = new TreeMap<String, List<String>>();
    for (String table : tables()) {
      rows.put(
          table,
          sql.sql("select cast(to_jsonb(t) as text) from %s t order by 1".formatted(table))
              .query(String.class)
              .list());
    }
    return rows;
  }

  private List<String> tables() {
    return sql.sql(
            """
            select table_name from information_schema.tables
            where table_schema = 'public' and table_name not like 'flyway%'
            """)
        .query(String.class)
        .list();
  }

  @Override
  public void close() {
    beside.destroy();
    database.close();
  }
}
