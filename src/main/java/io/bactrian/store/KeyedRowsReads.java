package io.bactrian.store;

import io.bactrian.batch.KeyedQuery;
import io.bactrian.batch.KeyedRows;
import io.bactrian.json.Json;
import io.bactrian.step.PermanentFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.BadSqlGrammarException;

/** Reads a user's query by its key. The query's text is trusted: it stands in the template. */
public final class KeyedRowsReads implements KeyedRows {
  private static final List<String> TYPES =
      List.of(
          "smallint",
          "integer",
          "bigint",
          "text",
          "character varying",
          "date",
          "timestamp without time zone",
          "timestamp with time zone");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private final Database database;

  public KeyedRowsReads(Database database) {
    this.database = database;
  }

  private static final String DIVIDE =
      """
      with keys as materialized (select q."%1$s" as key from (%2$s) as q),
      summary as (
        select count(*) as total, count(*) - count(key) as nulls, max(key) as last,
               min(pg_typeof(key)::text) as type,
               least((count(*) + :bactrian_size - 1) / :bactrian_size, :bactrian_workers) as workers
        from keys),
      wanted as (
        select i * (total / workers) + least(i, mod(total, workers)) as n
        from summary cross join generate_series(0, workers - 1) as i where total > 0),
      ordered as (
        select key, row_number() over w - 1 as n, rank() over w - 1 as before
        from keys where key is not null window w as (order by key)),
      starts as (select distinct key, before from ordered join wanted using (n))
      select total, nulls, type, to_json(last) #>> '{}' as last, to_json(key) #>> '{}' as start, before
      from summary left join starts on true
      order by before
      """;

  @Override
  public Division divide(KeyedQuery query, int batchSize, int maxWorkers) {
    List<Row> rows =
        checked(
            query,
            () ->
                database
                    .jdbc()
                    .sql(DIVIDE.formatted(column(query), query.sql()))
                    .params(query.parameters())
                    .param("bactrian_size", batchSize)
                    .param("bactrian_workers", maxWorkers)
                    .query(KeyedRowsReads::row)
                    .list());
    Row first = rows.get(0);
    if (first.total() == 0) {
      return new Division("", 0, List.of(), Optional.empty());
    }
    if (first.nulls() > 0) {
      throw new PermanentFailure(
          "%d rows of the query have no %s; allowed: a key in every row"
              .formatted(first.nulls(), query.key()));
    }
    if (!TYPES.contains(first.type())) {
      throw new PermanentFailure(
          "key %s is of type %s; allowed: %s"
              .formatted(query.key(), first.type(), String.join(", ", TYPES)));
    }
    return new Division(
        first.type(),
        first.total(),
        rows.stream().map(row -> new Start(row.start(), row.before())).toList(),
        Optional.of(first.last()));
  }

  private record Row(long total, long nulls, String type, String last, String start, long before) {}

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getLong("total"),
        row.getLong("nulls"),
        text(row, "type"),
        text(row, "last"),
        text(row, "start"),
        row.getLong("before"));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  private static final String PAGE =
      """
      select row_to_json(q)::text as row, to_json(q."%1$s") #>> '{}' as key
      from (%2$s) as q
      where q."%1$s" %4$s cast(cast(:bactrian_from as text) as %3$s)
        and q."%1$s" < cast(cast(:bactrian_to as text) as %3$s)
      order by q."%1$s"
      fetch first (:bactrian_limit) rows with ties
      """;

  private static final String MORE =
      """
      select exists (
        select 1 from (%2$s) as q
        where q."%1$s" > cast(cast(:bactrian_from as text) as %3$s)
          and q."%1$s" < cast(cast(:bactrian_to as text) as %3$s))
      """;

  @Override
  public Page page(KeyedQuery query, String type, From from, String to, int limit) {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("type of a key: " + type);
    }
    return checked(
        query,
        () -> {
          List<Map.Entry<String, Map<String, Object>>> found =
              database
                  .jdbc()
                  .sql(
                      PAGE.formatted(
                          column(query), query.sql(), type, from.included() ? ">=" : ">"))
                  .params(query.parameters())
                  .param("bactrian_from", from.key())
                  .param("bactrian_to", to)
                  .param("bactrian_limit", limit)
                  .query(
                      (row, n) ->
                          Map.entry(row.getString("key"), Json.readObject(row.getString("row"))))
                  .list();
          var rows = new ArrayList<Map<String, Object>>(found.size());
          found.forEach(entry -> rows.add(entry.getValue()));
          Optional<String> last =
              found.isEmpty()
                  ? Optional.empty()
                  : Optional.of(found.get(found.size() - 1).getKey());
          boolean more =
              found.size() >= limit && last.map(key -> more(query, type, key, to)).orElse(false);
          return new Page(rows, last, more);
        });
  }

  private boolean more(KeyedQuery query, String type, String last, String to) {
    return database
        .jdbc()
        .sql(MORE.formatted(column(query), query.sql(), type))
        .params(query.parameters())
        .param("bactrian_from", last)
        .param("bactrian_to", to)
        .query(Boolean.class)
        .single();
  }

  private static String column(KeyedQuery query) {
    if (!COLUMN.matcher(query.key()).matches()) {
      throw new PermanentFailure(
          "key is '%s'; allowed: the name of a column of the query, %s"
              .formatted(query.key(), COLUMN));
    }
    return query.key();
  }

  /** A query that PostgreSQL does not understand will not be understood next time either. */
  private <T> T checked(KeyedQuery query, Supplier<T> read) {
    try {
      return database.read(read);
    } catch (BadSqlGrammarException | InvalidDataAccessApiUsageException e) {
      String why = String.valueOf(e.getMostSpecificCause().getMessage());
      throw new PermanentFailure(
          "the query cannot be read: %s (%s)"
              .formatted(
                  why.lines().findFirst().orElse("").strip(),
                  query.sql().strip().toLowerCase(Locale.ROOT).lines().findFirst().orElse("")),
          e);
    }
  }
}
