package io.bactrian.bench;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds products up that a peer has read as text; exact, with two decimals. Not thread safe. */
final class Totals {
  private static final int SCALE = 2;

  private final Map<String, long[]> categories = new HashMap<>();
  private long records;
  private long value;
  private long ratings;
  private long maxPrice = -1;
  private String maxPriceProduct = "";

  void add(String title, String category, String price, String rating, String stock) {
    long hundredths = hundredths(price);
    records++;
    value = Math.addExact(value, Math.multiplyExact(hundredths, Long.parseLong(stock)));
    ratings += hundredths(rating);
    categories.computeIfAbsent(category, c -> new long[1])[0]++;
    if (hundredths > maxPrice) {
      maxPrice = hundredths;
      maxPriceProduct = title;
    }
  }

  void addAll(Totals other) {
    records += other.records;
    value = Math.addExact(value, other.value);
    ratings += other.ratings;
    other.categories.forEach(
        (category, count) -> categories.computeIfAbsent(category, c -> new long[1])[0] += count[0]);
    if (other.maxPrice > maxPrice) {
      maxPrice = other.maxPrice;
      maxPriceProduct = other.maxPriceProduct;
    }
  }

  Figures figures() {
    var counts = new TreeMap<String, Long>();
    categories.forEach((category, count) -> counts.put(category, count[0]));
    return new Figures(
        records,
        BigDecimal.valueOf(value, SCALE),
        counts,
        BigDecimal.valueOf(maxPrice, SCALE),
        maxPriceProduct,
        Figures.average(BigDecimal.valueOf(ratings, SCALE), records));
  }

  /** {@code 12}, {@code 12.3} or {@code 12.34} as hundredths. */
  private static long hundredths(String number) {
    int point = number.indexOf('.');
    if (point < 0) {
      return Long.parseLong(number) * 100;
    }
    long whole = Long.parseLong(number, 0, point, 10);
    long decimals = Long.parseLong(number, point + 1, number.length(), 10);
    return whole * 100 + (number.length() - point == 2 ? decimals * 10 : decimals);
  }
}
