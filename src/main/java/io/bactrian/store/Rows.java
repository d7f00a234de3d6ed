package io.bactrian.store;

import io.bactrian.json.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as JSON data: column names are keys, times are text, JSON is a tree. */
final class Rows {
  private Rows() {}

  @SuppressWarnings({"NullAway", "unchecked"})
  static Map<String, Object> json(ResultSet row, int number) throws SQLException {
    var json = new LinkedHashMap<String, @Nullable Object>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      json.put(columns.getColumnLabel(i), value(row, i, columns.getColumnTypeName(i)));
    }
    return (Map<String, Object>) (Map<String, ?>) json;
  }

  private static @Nullable Object value(ResultSet row, int column, String type)
      throws SQLException {
    if (type.equals("timestamptz")) {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant().toString();
    }
    if (type.startsWith("json")) {
      String text = row.getString(column);
      return text == null ? null : Json.readTree(text);
    }
    Object value = row.getObject(column);
    if (value instanceof Array array) {
      return Arrays.asList((Object[]) array.getArray());
    }
    return value;
  }
}
