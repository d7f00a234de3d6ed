package io.bactrian.inventory;

import io.bactrian.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Inventory figures of some products, exact: any split and any order of adding gives the same
 * figures.
 *
 * <p>Money has scale 2, more if the input has more. Not thread safe.
 */
final class InventoryTotals {
  private static final int MONEY_SCALE = 2;
  private static final int RATING_SCALE = 10;

  private long count;
  private BigDecimal value = BigDecimal.ZERO;
  private final Map<String, Long> categories = new TreeMap<>();
  private @Nullable BigDecimal maxPrice;
  private @Nullable Object maxPriceProduct;
  private long maxPriceOrdinal;
  private BigDecimal ratingSum = BigDecimal.ZERO;
  private long ratingCount;
  private long rejected;

  /** What was added up: records, price × stock, ratings, records by category. */
  record Sums(long count, BigDecimal value, BigDecimal ratings, Map<String, Long> categories) {}

  /** The product with the highest price, of those the one with the lowest ordinal. */
  record Highest(BigDecimal price, String product, long ordinal) {}

  /**
   * The figures of products that were added up elsewhere; {@code highest} only if there are any.
   */
  static InventoryTotals of(Sums sums, Highest highest) {
    var totals = new InventoryTotals();
    totals.count = sums.count();
    totals.value = sums.value();
    totals.ratingSum = sums.ratings();
    totals.ratingCount = sums.count();
    totals.categories.putAll(sums.categories());
    if (sums.count() > 0) {
      totals.offerMaxPrice(highest.price(), highest.product(), highest.ordinal());
    }
    return totals;
  }

  /** Adds one product: {@code price × stock} to the value, its category, price and rating. */
  void add(Product product) {
    count++;
    value = value.add(product.price().multiply(product.stock()));
    categories.merge(product.category(), 1L, Long::sum);
    offerMaxPrice(product.price(), product.title(), product.ordinal());
    ratingSum = ratingSum.add(product.rating());
    ratingCount++;
  }

  /** Adds the figures of a result of {@link #toMap}. */
  void addAll(Map<String, Object> figures) {
    count += integer(figures, "processed_count");
    value = value.add(decimal(figures, "total_inventory_value"));
    Map<String, Object> counts =
        figures.get("category_counts") instanceof Map<?, ?> map ? Json.toObject(map) : Map.of();
    counts.forEach(
        (category, number) -> categories.merge(category, ((Number) number).longValue(), Long::sum));
    if (integer(figures, "processed_count") > 0) {
      offerMaxPrice(
          decimal(figures, "max_price"),
          figures.get("max_price_product"),
          integer(figures, "max_price_ordinal"));
    }
    ratingSum = ratingSum.add(decimal(figures, "rating_sum"));
    ratingCount += integer(figures, "rating_count");
    rejected += integer(figures, "rejected_count");
  }

  /** Records that were set aside are counted beside the others. */
  InventoryTotals addRejected(int records) {
    rejected += records;
    return this;
  }

  private void offerMaxPrice(BigDecimal price, @Nullable Object product, long ordinal) {
    int order = maxPrice == null ? 1 : price.compareTo(maxPrice);
    if (order > 0 || (order == 0 && ordinal < maxPriceOrdinal)) {
      maxPrice = price;
      maxPriceProduct = product;
      maxPriceOrdinal = ordinal;
    }
  }

  long count() {
    return count;
  }

  BigDecimal value() {
    return money(value);
  }

  Map<String, Long> categories() {
    return new LinkedHashMap<>(categories);
  }

  BigDecimal maxPrice() {
    return maxPrice == null ? money(BigDecimal.ZERO) : money(maxPrice);
  }

  @Nullable Object maxPriceProduct() {
    return maxPriceProduct;
  }

  /** Exact sum ÷ count, rounded once, half up, to 10 decimals. */
  BigDecimal averageRating() {
    return ratingCount == 0
        ? BigDecimal.ZERO.setScale(1)
        : ratingSum.divide(BigDecimal.valueOf(ratingCount), RATING_SCALE, RoundingMode.HALF_UP);
  }

  /** The figures as JSON data. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("processed_count", count);
    map.put("total_inventory_value", value());
    map.put("category_counts", categories());
    map.put("max_price", maxPrice());
    map.put("max_price_product", maxPriceProduct);
    map.put("average_rating", averageRating());
    map.put("rating_sum", ratingSum);
    map.put("rating_count", ratingCount);
    map.put("max_price_ordinal", maxPriceOrdinal);
    map.put("rejected_count", rejected);
    return map;
  }

  private static BigDecimal money(BigDecimal amount) {
    return amount.scale() < MONEY_SCALE ? amount.setScale(MONEY_SCALE) : amount;
  }

  private static long integer(Map<String, Object> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }

  private static BigDecimal decimal(Map<String, Object> map, String key) {
    return map.get(key) instanceof Number number
        ? new BigDecimal(number.toString())
        : BigDecimal.ZERO;
  }
}
