package io.bactrian.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BadRecordTest {
  private static final Path FILE = Path.of("big.csv");

  @Test
  void aLongFieldIsToldByItsBeginningAndEnd() {
    String field = "'" + "x".repeat(10 << 20) + "'";

    BadRecord bad = BadRecord.field(FILE, 2, 129, "price", field, "a whole number");

    assertThat(bad.problem())
        .hasSizeLessThan(2_100)
        .startsWith("column price: found 'xxx")
        .containsPattern("x … \\([0-9]{8} characters left out\\) … x")
        .endsWith("xxx'; allowed: a whole number");
    assertThat(bad).hasMessage("big.csv: record 2 at byte 129: " + bad.problem());
  }

  @Test
  void noCharacterIsCutInTwo() {
    for (String shift : new String[] {"", "x"}) {
      String problem = new BadRecord(FILE, 1, 0, shift + "😀".repeat(5_000)).problem();

      assertThat(new String(problem.getBytes(UTF_8), UTF_8)).isEqualTo(problem);
    }
  }

  @Test
  void aShortProblemStaysAsItIs() {
    assertThat(new BadRecord(FILE, 1, 0, "x".repeat(2_000)).problem()).hasSize(2_000);
  }
}
