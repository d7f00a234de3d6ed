package io.bactrian.route;

import io.bactrian.step.PermanentFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * The ready-made folds, each an AggregationStrategy: for {@code initialization.fold} of a template,
 * and for a Splitter or Aggregate EIP of a route.
 *
 * <p>All merge maps key by key, at any depth, and differ in what they do with two values of one
 * key. Numbers are exact. They give the same at any number of chunks and workers.
 */
public final class Folds {
  private Folds() {}

  /** Adds numbers; of anything else the last stays. The default of a worker's chunks. */
  public static AggregationStrategy sums() {
    return new ValueFold(Folds::sum);
  }

  /**
   * Counts values: a text, a truth value or each element of a list becomes {@code {value: how
   * often}}; numbers are counts already and are added.
   */
  public static AggregationStrategy counts() {
    return new ValueFold(
        new ValueFold.Rule() {
          @Override
          public @Nullable Object alone(@Nullable Object value) {
            return countsOf(value);
          }

          @Override
          public @Nullable Object together(@Nullable Object before, @Nullable Object next) {
            return sum(before, next);
          }
        });
  }

  /** Keeps the smallest number or text, also of the elements of lists; nothing counts as absent. */
  public static AggregationStrategy minima() {
    return extremes((a, b) -> compare(a, b) <= 0 ? a : b);
  }

  /** Keeps the largest number or text, also of the elements of lists; nothing counts as absent. */
  public static AggregationStrategy maxima() {
    return extremes((a, b) -> compare(a, b) >= 0 ? a : b);
  }

  /** Merges maps; of two values of one key the later stays. */
  public static AggregationStrategy merged() {
    return new ValueFold((before, next) -> next);
  }

  /**
   * A part that failed must fail the fold; a strategy that keeps the old exchange would drop it.
   */
  static void refuseFailed(Exchange part) {
    if (part.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeCamelException(part.getException());
    }
  }

  private static AggregationStrategy extremes(BinaryOperator<Object> choice) {
    return new ValueFold(
        new ValueFold.Rule() {
          @Override
          public @Nullable Object alone(@Nullable Object value) {
            if (value instanceof Collection<?> list) {
              Object extreme = null;
              for (Object element : list) {
                extreme = together(extreme, element);
              }
              return extreme;
            }
            return value;
          }

          @Override
          public @Nullable Object together(@Nullable Object before, @Nullable Object next) {
            if (before == null || next == null) {
              return before == null ? next : before;
            }
            return choice.apply(before, next);
          }
        });
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString()));
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw new PermanentFailure(
        "minima and maxima cannot order %s (%s) and %s (%s); allowed: two numbers or two texts"
            .formatted(a, a.getClass().getSimpleName(), b, b.getClass().getSimpleName()));
  }

  private static @Nullable Object countsOf(@Nullable Object value) {
    if (value == null || value instanceof Number) {
      return value;
    }
    Collection<?> values = value instanceof Collection<?> list ? list : java.util.List.of(value);
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Object element : values) {
      counts.merge(String.valueOf(element), 1L, Folds::exactSum);
    }
    return counts;
  }

  private static @Nullable Object sum(@Nullable Object before, @Nullable Object next) {
    return before instanceof Number a && next instanceof Number b ? exactSum(a, b) : next;
  }

  private static Number exactSum(Object a, Object b) {
    BigDecimal sum = new BigDecimal(a.toString()).add(new BigDecimal(b.toString()));
    if (!isInteger(a) || !isInteger(b)) {
      return sum;
    }
    BigInteger exact = sum.toBigInteger();
    return exact.bitLength() < Long.SIZE ? (Number) exact.longValue() : exact;
  }

  private static boolean isInteger(Object number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof BigInteger
        || number instanceof Short
        || number instanceof Byte;
  }
}
