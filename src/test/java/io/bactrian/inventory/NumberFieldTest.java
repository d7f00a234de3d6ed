package io.bactrian.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberFieldTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "-3.50", "+7", "0012.00", "  9.99 ", "\t1"})
  void numbersOfTheGrammarAreRead(String text) {
    assertThat(NumberField.decimal(text)).contains(new java.math.BigDecimal(text.trim()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".5", "5.", "1e3", "NaN", "0x1", "1,000", "١", "--1", "1 2", "12.3.4", "-"
      })
  void anythingElseIsNone(String text) {
    assertThat(NumberField.decimal(text)).isEmpty();
    assertThat(NumberField.integer(text)).isEmpty();
  }

  @Test
  void aStockIsAWholeNumber() {
    assertThat(NumberField.integer("12.0")).isEmpty();
    assertThatThrownBy(
            () -> Product.of(9, Map.of("price", "1", "rating", "2", "stock", "1.5", "title", "t")))
        .isInstanceOf(BadField.class)
        .hasMessage("record 9, column stock: found '1.5'; allowed: a whole number such as 12");
  }

  @Test
  void aHeaderNeedsElevenColumnsInAnyOrder() {
    var header = new java.util.ArrayList<>(InventoryColumns.OF_A_FILE.names());
    java.util.Collections.reverse(header);
    header.add("more");
    assertThat(InventoryColumns.OF_A_FILE.problems(header)).isEmpty();
    header.remove("price");
    header.add("prize");
    assertThat(InventoryColumns.OF_A_FILE.problems(header))
        .isEqualTo(List.of("column price is missing (found 'prize')"));
  }
}
