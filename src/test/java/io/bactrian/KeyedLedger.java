package io.bactrian;

import io.bactrian.step.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** A worker's handler with effects: a row for each row; fails once, in its third chunk. */
public final class KeyedLedger {
  private @Nullable DataSource dataSource;
  private int chunks;

  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Map<String, Object> write(
      List<Map<String, Object>> rows, @ExchangeProperty("step") StepContext step)
      throws SQLException {
    try (Connection connection = Objects.requireNonNull(dataSource).getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into effects (id, attempt) values (?, ?)")) {
      for (Map<String, Object> row : rows) {
        insert.setLong(1, ((Number) Objects.requireNonNull(row.get("id"))).longValue());
        insert.setInt(2, step.attempt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    chunks++;
    if (chunks == 3) {
      throw new IllegalStateException("the third chunk fails after its effects");
    }
    return Map.of("rows", rows.size());
  }
}
