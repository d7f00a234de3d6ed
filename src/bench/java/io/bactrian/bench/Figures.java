package io.bactrian.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answer of the inventory query, exact, so that two peers can be compared.
 *
 * @param records how many
 * @param value sum of price × stock
 * @param categories records by category
 * @param maxPrice the highest price
 * @param maxPriceProduct its title
 * @param averageRating sum ÷ records, 10 decimals, half up
 */
record Figures(
    long records,
    BigDecimal value,
    SortedMap<String, Long> categories,
    BigDecimal maxPrice,
    String maxPriceProduct,
    BigDecimal averageRating) {
  private static final int RATING_SCALE = 10;

  Figures {
    value = value.stripTrailingZeros();
    maxPrice = maxPrice.stripTrailingZeros();
    averageRating = averageRating.stripTrailingZeros();
  }

  static BigDecimal average(BigDecimal sum, long records) {
    return sum.divide(BigDecimal.valueOf(records), RATING_SCALE, RoundingMode.HALF_UP);
  }

  /** Reads the result of the shipped workflow; its keys are those of the CSV inventory workflow. */
  static Figures of(JsonNode result) {
    var categories = new TreeMap<String, Long>();
    result
        .path("category_counts")
        .properties()
        .forEach(count -> categories.put(count.getKey(), count.getValue().longValue()));
    return new Figures(
        result.path("total_processed").longValue(),
        decimal(result, "total_inventory_value"),
        categories,
        decimal(result, "max_price"),
        result.path("max_price_product").asText(),
        decimal(result, "overall_average_rating"));
  }

  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("total_processed", records);
    map.put("total_inventory_value", value);
    map.put("category_counts", categories);
    map.put("max_price", maxPrice);
    map.put("max_price_product", maxPriceProduct);
    map.put("overall_average_rating", averageRating);
    return map;
  }

  private static BigDecimal decimal(JsonNode result, String key) {
    return result.path(key).decimalValue();
  }
}
