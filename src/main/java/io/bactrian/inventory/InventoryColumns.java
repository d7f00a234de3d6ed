package io.bactrian.inventory;

import io.bactrian.route.NeededColumns;
import io.bactrian.template.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Columns of a product file: by name, once each, in any order; further ones are fine.
 *
 * @param names their names
 */
public record InventoryColumns(List<String> names) implements NeededColumns {
  /** What a product file must have. */
  public static final InventoryColumns OF_A_FILE =
      new InventoryColumns(
          List.of(
              "id",
              "title",
              "description",
              "category",
              "price",
              "discountPercentage",
              "rating",
              "stock",
              "brand",
              "sku",
              "weight"));

  /** What the figures are made of. */
  public static final InventoryColumns OF_THE_FIGURES =
      new InventoryColumns(List.of("title", "category", "price", "rating", "stock"));

  @Override
  public boolean needs(String column) {
    return names.contains(column);
  }

  @Override
  public List<String> problems(List<String> header) {
    var problems = new ArrayList<String>();
    List<String> others = header.stream().filter(c -> !names.contains(c)).toList();
    for (String name : names) {
      int times = Collections.frequency(header, name);
      if (times == 0) {
        problems.add("column %s is missing%s".formatted(name, found(name, others)));
      } else if (times > 1) {
        problems.add("column %s stands %d times; allowed: once".formatted(name, times));
      }
    }
    return problems;
  }

  private static String found(String name, List<String> others) {
    return Nearest.of(name, others).map(near -> " (found '" + near + "')").orElse("");
  }
}
