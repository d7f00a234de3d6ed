package io.bactrian.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Any split and any order give the same figures, byte for byte. */
final class InventoryProperties {

  @Property(tries = 300)
  void figuresDoNotDependOnSplitOrOrder(
      @ForAll("products") List<Product> products, @ForAll Random random) {
    var serial = new InventoryTotals();
    products.forEach(serial::add);
    var parts = new ArrayList<Map<String, Object>>();
    for (int at = 0; at < products.size(); ) {
      int end = Math.min(products.size(), at + 1 + random.nextInt(3));
      var part = new InventoryTotals();
      products.subList(at, end).forEach(part::add);
      parts.add(Json.readObject(Json.write(part.toMap())));
      at = end;
    }
    Collections.shuffle(parts, random);
    var folded = new InventoryTotals();
    parts.forEach(folded::addAll);

    assertThat(Json.write(folded.toMap()))
        .isEqualTo(Json.write(serial.toMap()))
        .doesNotContain("E+", "E-");
  }

  @Test
  void theLowestOrdinalWinsATie() {
    var totals = new InventoryTotals();
    totals.add(product(7, "later", "9.50"));
    totals.add(product(3, "first", "9.5"));

    assertThat(totals.maxPriceProduct()).isEqualTo("first");
    assertThat(Json.write(totals.maxPrice())).isEqualTo("9.50");
  }

  @Test
  void negativePricesHaveAMaximumToo() {
    var totals = new InventoryTotals();
    totals.add(product(1, "a", "-3"));
    totals.add(product(2, "b", "-1.005"));

    assertThat(Json.write(totals.maxPrice())).isEqualTo("-1.005");
    assertThat(Json.write(totals.value())).isEqualTo("-8.010");
  }

  @Test
  void nothingIsZeros() {
    assertThat(Json.write(new InventoryTotals().toMap()))
        .startsWith(
            "{\"processed_count\":0,\"total_inventory_value\":0.00,\"category_counts\":{},\"max_price\":0.00,\"max_price_product\":null,\"average_rating\":0.0");
  }

  private static Product product(long ordinal, String title, String price) {
    return new Product(
        ordinal, title, "c", new BigDecimal(price), new BigDecimal("1"), new BigDecimal("2"));
  }

  @Provide
  Arbitrary<List<Product>> products() {
    Arbitrary<BigDecimal> money =
        Arbitraries.integers().between(-500, 999_999).map(c -> new BigDecimal(c).movePointLeft(2));
    Arbitrary<BigDecimal> rating =
        Arbitraries.integers().between(0, 5000).map(c -> new BigDecimal(c).movePointLeft(3));
    Arbitrary<BigDecimal> stock = Arbitraries.integers().between(0, 1000).map(BigDecimal::new);
    Arbitrary<String> category = Arbitraries.of("a", "b", "é", "long category");
    return Combinators.combine(money, rating, stock, category)
        .as((m, r, s, c) -> new Product(0, "t" + m, c, m, r, s))
        .list()
        .ofMaxSize(12)
        .map(InventoryProperties::numbered);
  }

  private static List<Product> numbered(List<Product> products) {
    var numbered = new ArrayList<Product>();
    for (Product p : products) {
      long ordinal = numbered.size() + 1L;
      numbered.add(
          new Product(ordinal, "t" + ordinal, p.category(), p.price(), p.rating(), p.stock()));
    }
    return numbered;
  }
}
