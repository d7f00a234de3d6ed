package io.bactrian.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks a database, of whatever schema, how it is. */
final class StatusReads {
  private final JdbcClient jdbc;

  StatusReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  DatabaseStatus status(DatabaseAddress address) {
    List<String> applied = applied();
    var pending = new ArrayList<>(Migrations.scripts());
    pending.removeAll(applied);
    pending.sort(Comparator.comparingInt(StatusReads::version));
    var foreign = new ArrayList<>(applied);
    foreign.removeAll(Migrations.scripts());
    return new DatabaseStatus(
        address,
        one("show server_version", String.class),
        one("select pg_database_size(current_database())", Long.class),
        applied.stream()
            .max(Comparator.comparingInt(StatusReads::version))
            .map(script -> String.valueOf(version(script))),
        pending,
        foreign,
        isThere("tasks") ? tasks() : Map.of(),
        isThere("task_receipts") ? one("select count(*) from task_receipts", Long.class) : 0,
        isThere("nodes") ? one(LIVE, Long.class) : 0,
        one(CONNECTIONS, Long.class),
        one("select current_setting('max_connections')::bigint", Long.class));
  }

  private static final String LIVE =
      "select count(*) from nodes where alive_until > (select engine_now())";

  private static final String CONNECTIONS =
      "select count(*) from pg_stat_activity where backend_type = 'client backend'";

  private static final String APPLIED =
      "select script from flyway_schema_history where success order by installed_rank";

  private List<String> applied() {
    return isThere("flyway_schema_history")
        ? jdbc.sql(APPLIED).query(String.class).list()
        : List.of();
  }

  private static final String TASKS =
      "select state, count(*) as tasks from tasks group by state order by state";

  private Map<String, Long> tasks() {
    var tasks = new LinkedHashMap<String, Long>();
    jdbc.sql(TASKS)
        .query(
            row -> {
              tasks.put(row.getString("state"), row.getLong("tasks"));
            });
    return tasks;
  }

  private boolean isThere(String table) {
    return jdbc.sql("select to_regclass(:table) is not null")
        .param("table", table)
        .query(Boolean.class)
        .single();
  }

  private <T> T one(String sql, Class<T> type) {
    return jdbc.sql(sql).query(type).single();
  }

  /** The number in {@code V17__retention.sql}; 0 for a baseline. */
  private static int version(String script) {
    String digits = script.replaceFirst("^V([0-9]+)__.*$", "$1");
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
  }
}
