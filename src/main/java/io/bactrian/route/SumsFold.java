package io.bactrian.route;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The fold {@code sums}: adds numbers exactly, merges maps by the same rule, keeps the last of
 * anything else. The default of a worker's chunks.
 */
public final class SumsFold implements AggregationStrategy {

  @Override
  public Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
    Folds.refuseFailed(newExchange);
    if (oldExchange == null) {
      return newExchange;
    }
    Object sum = fold(oldExchange.getMessage().getBody(), newExchange.getMessage().getBody());
    newExchange.getMessage().setBody(sum);
    return newExchange;
  }

  private static @Nullable Object fold(@Nullable Object before, @Nullable Object next) {
    if (before instanceof Number a && next instanceof Number b) {
      return sum(a, b);
    }
    if (before instanceof Map<?, ?> a && next instanceof Map<?, ?> b) {
      var merged = new LinkedHashMap<Object, @Nullable Object>(a);
      b.forEach((key, value) -> merged.put(key, fold(merged.get(key), value)));
      return merged;
    }
    return next;
  }

  private static Number sum(Number a, Number b) {
    BigDecimal sum = new BigDecimal(a.toString()).add(new BigDecimal(b.toString()));
    if (!isInteger(a) || !isInteger(b)) {
      return sum;
    }
    BigInteger exact = sum.toBigInteger();
    return exact.bitLength() < Long.SIZE ? (Number) exact.longValue() : exact;
  }

  private static boolean isInteger(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof BigInteger
        || number instanceof Short
        || number instanceof Byte;
  }
}
