package io.bactrian.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of the database by key: divided for workers, then read page by page. Thread safe. */
public interface KeyedRows {

  /**
   * Divides the rows in ranges of about the same number of rows, in one look at the table.
   *
   * @param batchSize rows that a range is to have
   * @param maxWorkers ranges there may be
   * @throws io.bactrian.step.PermanentFailure if the query cannot be read, a key is null, or keys
   *     are of a type that has no ranges
   */
  Division divide(KeyedQuery query, int batchSize, int maxWorkers);

  /**
   * Reads rows in the order of the key.
   *
   * @param type the key's type, of {@link Division}
   * @param from where the page begins
   * @param to the first key that is not read any more
   * @param limit rows a page has; more only where the last key stands in several rows
   */
  Page page(KeyedQuery query, String type, From from, String to, int limit);

  /**
   * Ranges of a query.
   *
   * @param type PostgreSQL's type of the key, empty when there is no row
   * @param rows how many rows there are
   * @param starts the first key of each range and how many rows stand before it
   * @param last the largest key; empty when there is no row
   */
  record Division(String type, long rows, List<Start> starts, Optional<String> last) {}

  /** Where a range begins, and how many rows stand before it. */
  record Start(String key, long before) {}

  /** A key to begin with, or to begin after. */
  record From(String key, boolean included) {}

  /**
   * Some rows.
   *
   * @param rows maps by column name; decimals exact, times as ISO 8601 text
   * @param last the key of the last row; empty without rows
   * @param more whether rows follow
   */
  record Page(List<Map<String, Object>> rows, Optional<String> last, boolean more) {}
}
