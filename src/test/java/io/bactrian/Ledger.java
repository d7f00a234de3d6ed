package io.bactrian;

import io.bactrian.step.RunningStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** A worker's handler with effects: a row for each record; fails once, in its third chunk. */
public final class Ledger {
  private @Nullable DataSource dataSource;
  private int chunks;

  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Map<String, Object> write(
      List<Map<String, Object>> records, @ExchangeProperty("step") RunningStep step)
      throws SQLException {
    DataSource source = java.util.Objects.requireNonNull(dataSource);
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into effects (n, attempt) values (?, ?)")) {
      for (Map<String, Object> fields : records) {
        insert.setLong(1, Long.parseLong((String) fields.get("n")));
        insert.setInt(2, step.attempt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    chunks++;
    if (chunks == 3) {
      throw new IllegalStateException("the third chunk fails after its effects");
    }
    return Map.of("rows", records.size());
  }
}
