package io.bactrian.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8785, with its own examples. */
final class CanonicalJsonTest {

  @Test
  void theExampleOfSection322() {
    String source =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;

    // 333333333.33333329 is kept exactly; a double would make ...3333333 of it.
    assertThat(canonical(source))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.33333329,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void keysAreInTheOrderOfTheirUtf16Units() {
    assertThat(
            canonical(
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"))
        .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.0, 0",
    "1, 1",
    "1.0, 1",
    "1e0, 1",
    "-10.50, -10.5",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "123e19, 1.23e+21",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "1.5e-9, 1.5e-9",
    "12345678901234567890123456789, 1.2345678901234567890123456789e+28",
    "9007199254740993, 9007199254740993"
  })
  void oneNumberHasOneText(String number, String expected) {
    assertThat(canonical(number)).isEqualTo(expected);
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedWhereItWouldBeLost() {
    assertThatThrownBy(() -> Json.readUnambiguous("{\"a\": {\"b\": 1, \"b\": 2}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'b'");
    assertThat(Json.readUnambiguous("{\"a\": 1.50}").toString()).isEqualTo("{a=1.50}");
  }

  private static String canonical(String json) {
    return CanonicalJson.write(Json.readTree(json));
  }
}
