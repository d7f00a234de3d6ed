package io.bactrian.batch;

import java.util.Map;

/**
 * A query whose rows have an order: that of a key.
 *
 * @param sql a select, with parameters {@code :name}
 * @param key the column that orders the rows; equal keys stay together
 * @param parameters values of the parameters by name
 */
public record KeyedQuery(String sql, String key, Map<String, Object> parameters) {}
