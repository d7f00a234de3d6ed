package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.PermanentFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FoldsTest {
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

  @Test
  void sumsAddNumbersExactlyInMapsOfAnyDepth() {
    assertThat(
            fold(
                Folds.sums(),
                Map.of("n", 1, "price", new BigDecimal("0.10"), "by", Map.of("a", 1)),
                Map.of("n", Long.MAX_VALUE, "price", new BigDecimal("0.20"), "by", Map.of("b", 2))))
        .isEqualTo(
            Map.of(
                "n",
                new java.math.BigInteger("9223372036854775808"),
                "price",
                new BigDecimal("0.30"),
                "by",
                Map.of("a", 1, "b", 2)));
  }

  @Test
  void countsSayHowOftenEachValueCame() {
    assertThat(
            fold(
                Folds.counts(),
                Map.of("city", "Oslo", "tags", List.of("x", "y", "x"), "rows", 2),
                Map.of("city", "Roma", "tags", List.of(), "rows", 1),
                Map.of("city", "Oslo", "tags", List.of("y"), "rows", 1)))
        .isEqualTo(
            Map.of(
                "city",
                Map.of("Oslo", 2L, "Roma", 1L),
                "tags",
                Map.of("x", 2L, "y", 2L),
                "rows",
                4L));
  }

  @Test
  void minimaAndMaximaOrderNumbersAsNumbersAndTextsAsTexts() {
    Map<String, Object> one =
        Map.of("n", new BigDecimal("9.5"), "day", "2026-01-31", "list", List.of(3, 1, 2));
    Map<String, Object> two = Map.of("n", 10, "day", "2025-12-01", "list", List.of());

    assertThat(fold(Folds.minima(), one, two))
        .isEqualTo(Map.of("n", new BigDecimal("9.5"), "day", "2025-12-01", "list", 1));
    assertThat(fold(Folds.maxima(), one, two))
        .isEqualTo(Map.of("n", 10, "day", "2026-01-31", "list", 3));
  }

  @Test
  void aNumberAndATextHaveNoOrder() {
    assertThatThrownBy(() -> fold(Folds.minima(), Map.of("n", 1), Map.of("n", "1")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("allowed: two numbers or two texts");
  }

  @Test
  void mergedMapsKeepTheLaterOfTwoValues() {
    assertThat(
            fold(
                Folds.merged(),
                Map.of("a", 1, "sub", Map.of("x", 1, "y", 1)),
                Map.of("b", 2, "sub", Map.of("y", 2))))
        .isEqualTo(Map.of("a", 1, "b", 2, "sub", Map.of("x", 1, "y", 2)));
  }

  static Stream<AggregationStrategy> all() {
    return Stream.of(Folds.sums(), Folds.counts(), Folds.minima(), Folds.maxima(), Folds.merged());
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyDivisionIntoWorkersAndChunksGivesTheSame(AggregationStrategy fold) {
    var random = new Random(7);
    var parts = new ArrayList<Object>();
    for (int i = 0; i < 40; i++) {
      var part = new java.util.LinkedHashMap<String, Object>();
      part.put("n", random.nextInt(100));
      part.put("word", "w" + random.nextInt(5));
      part.put("sub", Map.of("k" + random.nextInt(3), new BigDecimal(random.nextInt(50) + ".25")));
      parts.add(part);
    }
    Object whole = fold(fold, parts.toArray());
    for (int round = 0; round < 20; round++) {
      var folded = new ArrayList<Object>();
      for (int from = 0; from < parts.size(); ) {
        int to = Math.min(parts.size(), from + 1 + random.nextInt(7));
        folded.add(fold(fold, parts.subList(from, to).toArray()));
        from = to;
      }
      assertThat(fold(fold, folded.toArray())).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPartThatFailedFailsTheFold(AggregationStrategy fold) {
    Exchange failed = exchange(Map.of("n", 1));
    failed.setException(new IllegalStateException("the last part fails"));

    assertThatThrownBy(() -> fold.aggregate(exchange(Map.of("n", 1)), failed))
        .hasMessageContaining("the last part fails");
  }

  private static @Nullable Object fold(AggregationStrategy strategy, Object... parts) {
    Exchange folded = null;
    for (Object part : Arrays.asList(parts)) {
      folded = strategy.aggregate(folded, exchange(part));
    }
    return folded == null ? null : folded.getMessage().getBody();
  }

  private static Exchange exchange(Object body) {
    var exchange = new DefaultExchange(CAMEL);
    exchange.getIn().setBody(body);
    return exchange;
  }
}
