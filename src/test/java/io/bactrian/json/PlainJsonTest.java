package io.bactrian.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is copied is what Jackson would have made; what is not plain is left to it. */
final class PlainJsonTest {

  static Stream<Object> plain() {
    return Stream.of(
        "",
        "text \"quoted\" \u0000 \uD83D\uDC2B",
        true,
        0,
        -1,
        Integer.MAX_VALUE,
        1L,
        Integer.MAX_VALUE + 1L,
        Integer.MIN_VALUE - 1L,
        (long) Integer.MIN_VALUE,
        Long.MIN_VALUE,
        BigInteger.TEN,
        BigInteger.valueOf(Long.MAX_VALUE),
        BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
        BigInteger.valueOf(Long.MIN_VALUE),
        BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE),
        new BigDecimal("0.10"),
        new BigDecimal("-0.00"),
        new BigDecimal("7"),
        new BigDecimal("7E+2"),
        new BigDecimal("7E+20"),
        new BigDecimal("123456789012345678901234567890.5"),
        List.of(),
        Arrays.asList(1L, null, "x", List.of(2L)),
        Map.of("a", Map.of("b", 3L)),
        new TreeMap<>(Map.of("z", 1, "a", 2L)));
  }

  static Stream<Object> notPlain() {
    return Stream.of(
        1.5,
        2.0f,
        (short) 3,
        'c',
        TimeUnit.DAYS,
        new int[] {1, 2},
        Optional.class.getSimpleName().chars().boxed().collect(Collectors.toSet()),
        Map.of(1, "number as key"),
        List.of(Map.of("deep", 0.5)),
        new BigDecimal("1E-200"),
        BigInteger.TWO.pow(400),
        "x".repeat(200_000));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void plainValuesAreCopied(Object value) {
    Map<String, Object> map = inMap(value);

    assertThat(described(PlainJson.copy(map).orElseThrow())).isEqualTo(described(converted(map)));
    assertThat(described(PlainJson.asRead(map).orElseThrow())).isEqualTo(described(read(map)));
  }

  @ParameterizedTest
  @MethodSource("notPlain")
  void allElseIsLeftToJackson(Object value) {
    Map<String, Object> map = inMap(value);

    assertThat(PlainJson.copy(map)).isEmpty();
    assertThat(PlainJson.asRead(map)).isEmpty();
    assertThat(described(Json.toObject(map))).isEqualTo(described(converted(map)));
    assertThat(described(Json.asRead(map))).isEqualTo(described(read(map)));
  }

  @Test
  void theCopyKeepsTheOrderAndIsOnesOwn() {
    Map<String, Object> map = inMap(1);
    Map<String, Object> copy = PlainJson.copy(map).orElseThrow();
    copy.put("more", 2);

    assertThat(copy.keySet()).containsExactly("before", "value", "none", "more");
    assertThat(map).doesNotContainKey("more");
  }

  private static Map<String, Object> inMap(Object value) {
    var map = new LinkedHashMap<String, Object>();
    map.put("before", "x");
    map.put("value", value);
    map.put("none", null);
    return map;
  }

  private static Object converted(Map<String, Object> map) {
    return Json.MAPPER.convertValue(map, new TypeReference<Map<String, Object>>() {});
  }

  private static Object read(Map<String, Object> map) {
    return Json.readObject(Json.write(map));
  }

  /** The value with the class of each part. */
  private static String described(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + described(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PlainJsonTest::described).toList().toString();
    }
    return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
  }
}
