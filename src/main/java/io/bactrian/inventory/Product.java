package io.bactrian.inventory;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the inventory figures need of one record.
 *
 * @param ordinal its ordinal in the file, from 1
 * @param title its title
 * @param category its category
 * @param price money
 * @param rating its rating
 * @param stock pieces, a whole number
 */
record Product(
    long ordinal,
    String title,
    String category,
    BigDecimal price,
    BigDecimal rating,
    BigDecimal stock) {

  /**
   * Reads a record.
   *
   * @throws BadField naming the column, what was found and what is allowed
   */
  static Product of(long ordinal, Map<?, ?> fields) {
    return new Product(
        ordinal,
        text(fields, "title"),
        text(fields, "category"),
        number(ordinal, fields, "price", NumberField::decimal, NumberField.DECIMAL),
        number(ordinal, fields, "rating", NumberField::decimal, NumberField.DECIMAL),
        number(ordinal, fields, "stock", NumberField::integer, NumberField.INTEGER));
  }

  private static String text(Map<?, ?> fields, String column) {
    return Objects.toString(fields.get(column), "");
  }

  private static BigDecimal number(
      long ordinal,
      Map<?, ?> fields,
      String column,
      Function<String, Optional<BigDecimal>> reader,
      String allowed) {
    String found = text(fields, column);
    return reader.apply(found).orElseThrow(() -> new BadField(ordinal, column, found, allowed));
  }
}
