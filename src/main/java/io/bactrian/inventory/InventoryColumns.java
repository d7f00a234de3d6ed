package io.bactrian.inventory;

import io.bactrian.template.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The columns a product file has: by name, in any order, further ones are fine. */
final class InventoryColumns {
  static final List<String> NAMES =
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
          "weight");

  private InventoryColumns() {}

  /** What is wrong with a header; empty when it will do. */
  static List<String> problems(List<String> header) {
    var problems = new ArrayList<String>();
    List<String> others = header.stream().filter(c -> !NAMES.contains(c)).toList();
    for (String name : NAMES) {
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
