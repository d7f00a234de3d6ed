package io.bactrian.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContextLimitsTest {

  @Test
  void whatIsJsonAlreadyIsAllowed() {
    var context = new HashMap<String, Object>();
    context.put("null", null);
    context.put("big", new BigInteger("123456789012345678901234567890"));
    context.put("exact", new BigDecimal("1.10"));
    context.put("list", Arrays.asList(1, 2L, 0.5, true, null, Map.of("a", "ä😀")));

    assertThat(ContextLimits.STANDARD.problems(context)).isEmpty();
  }

  @Test
  void whatWouldHaveToBeChangedIsRefusedWithItsPath() {
    assertThat(problems(Map.of("a", List.of(1, Instant.EPOCH))))
        .containsExactly(
            "/a/1: is a java.time.Instant; allowed: text, numbers, true, false, null, lists and objects");
    assertThat(problems(Map.of("a", Double.NaN)))
        .containsExactly("/a: is NaN, which is no JSON number; allowed: a number");
    assertThat(problems(Map.of("a", Map.of(7, "x"))))
        .containsExactly("/a: has the key 7, which is no text; allowed: text");
    assertThat(problems(Map.of("a", "half \ud83d")))
        .containsExactly("/a: has half of a surrogate pair; allowed: Unicode text");
    assertThat(problems(Map.of("a", new BigDecimal("1e999999999"))).get(0))
        .startsWith("/a: is a number with an exponent of more than 1000");
  }

  @Test
  void tooDeepTooManyAndTooLargeNameTheirSettings() {
    var limits = new ContextLimits(50, 3, 4);
    assertThat(limits.problems(Map.of("a", Map.of("b", List.of(1))))).isEmpty();
    assertThat(limits.problems(Map.of("a", Map.of("b", List.of(List.of(1))))))
        .containsExactly(
            "/a/b/0: is nested deeper than 3; allowed: at most that (setting bactrian.context.max-depth)");
    assertThat(limits.problems(Map.of("a", 1, "b", Map.of("c", 1, "d", 2, "e", 3))))
        .containsExactly(
            "top level: has 5 keys; allowed: at most 4 (setting bactrian.context.max-keys)");
    assertThat(limits.problems(Map.of("a", "ä".repeat(30))))
        .containsExactly(
            "top level: has 68 bytes; allowed: at most 50 (setting bactrian.context.max-bytes)");
  }

  @Test
  void aBottomlessContextIsRefusedAndNotWalked() {
    Object value = 1;
    for (int i = 0; i < 100_000; i++) {
      value = Collections.singletonList(value);
    }

    assertThat(problems(Map.of("a", value)))
        .singleElement()
        .asString()
        .contains("is nested deeper than 32");
  }

  private static List<String> problems(Map<String, Object> context) {
    return ContextLimits.STANDARD.problems(context);
  }
}
