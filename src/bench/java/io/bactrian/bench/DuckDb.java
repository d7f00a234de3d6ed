package io.bactrian.bench;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** DuckDB with two threads: one query over its own CSV reader, column types given. */
final class DuckDb implements Peer {
  private static final String QUERY =
      """
      select category, count(*), sum(price * stock), sum(rating), max(price), arg_max(title, price)
      from read_csv('%s', header = true, delim = ',', quote = '"', escape = '"', columns = {
        'id': 'bigint', 'title': 'varchar', 'description': 'varchar', 'category': 'varchar',
        'price': 'decimal(12,2)', 'discountPercentage': 'decimal(8,2)', 'rating': 'decimal(8,2)',
        'stock': 'integer', 'brand': 'varchar', 'sku': 'varchar', 'weight': 'integer'})
      group by category
      """;

  private @Nullable Connection connection;

  @Override
  public void prepare(Path file, long records) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set threads = " + Peers.THREADS);
      statement.execute("set preserve_insertion_order = false");
    }
  }

  @Override
  public Figures run(Path file, long records) throws SQLException {
    if (connection == null) {
      throw new IllegalStateException("prepare comes first");
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY.formatted(file))) {
      return figures(row);
    }
  }

  private static Figures figures(ResultSet row) throws SQLException {
    var categories = new TreeMap<String, Long>();
    BigDecimal value = BigDecimal.ZERO;
    BigDecimal ratings = BigDecimal.ZERO;
    BigDecimal maxPrice = BigDecimal.ZERO;
    String product = "";
    long count = 0;
    while (row.next()) {
      categories.put(row.getString(1), row.getLong(2));
      count += row.getLong(2);
      value = value.add(row.getBigDecimal(3));
      ratings = ratings.add(row.getBigDecimal(4));
      if (row.getBigDecimal(5).compareTo(maxPrice) > 0) {
        maxPrice = row.getBigDecimal(5);
        product = row.getString(6);
      }
    }
    return new Figures(
        count, value, categories, maxPrice, product, Figures.average(ratings, count));
  }
}
