package io.bactrian.route;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A fold of JSON-like values: maps are merged key by key, what is no map by a rule.
 *
 * <p>Stateless and thread safe. The rule must be associative, because a value may come from one
 * chunk, from the chunks of a worker or from several workers.
 */
final class ValueFold implements AggregationStrategy {
  private final Rule rule;

  ValueFold(Rule rule) {
    this.rule = rule;
  }

  /** How two values become one. */
  interface Rule {
    /** What a value means on its own; applied again to its own answer it changes nothing. */
    default @Nullable Object alone(@Nullable Object value) {
      return value;
    }

    /** What two values mean together; both have been through {@link #alone}. */
    @Nullable Object together(@Nullable Object before, @Nullable Object next);
  }

  @Override
  public Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
    Folds.refuseFailed(newExchange);
    Object next = alone(newExchange.getMessage().getBody());
    newExchange
        .getMessage()
        .setBody(oldExchange == null ? next : together(oldExchange.getMessage().getBody(), next));
    return newExchange;
  }

  private @Nullable Object alone(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var values = new LinkedHashMap<Object, @Nullable Object>();
      map.forEach((key, entry) -> values.put(key, alone(entry)));
      return values;
    }
    return rule.alone(value);
  }

  private @Nullable Object together(@Nullable Object before, @Nullable Object next) {
    if (before instanceof Map<?, ?> a && next instanceof Map<?, ?> b) {
      var merged = new LinkedHashMap<Object, @Nullable Object>(a);
      b.forEach(
          (key, value) ->
              merged.put(key, merged.containsKey(key) ? together(merged.get(key), value) : value));
      return merged;
    }
    return rule.together(before, next);
  }
}
