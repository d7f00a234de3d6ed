package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader refuses to be asked. */
final class RangeReaderTest {
  private final Plan plan = Planner.plan(Path.of("fixtures/products.csv"), Dialect.rfc4180());
  private final Range range = plan.range(101, 201);

  @Test
  void noRecordAtMostIsRefusedAndLosesNone() {
    try (RangeReader reader = RangeReader.open(plan, range)) {
      for (int most : List.of(0, -1)) {
        assertThatThrownBy(() -> reader.next(most, 1 << 20))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("maxRecords is %d; allowed: at least 1".formatted(most));
      }
      assertThat(reader.next(1_000, 1 << 20).orElseThrow().recordCount()).isEqualTo(100);
    }
  }

  @Test
  void aPositionOfAnotherRangeIsRefused() {
    long start = range.startOffset();
    for (Position foreign :
        List.of(
            new Position(1, plan.dataStart(), 0),
            new Position(101, start - 1, 0),
            new Position(103, start, 0),
            new Position(150, range.endOffset() + 1, 0),
            new Position(202, range.endOffset(), 0))) {
      assertThatThrownBy(() -> RangeReader.resume(plan, range, foreign))
          .as("%s", foreign)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no position in records [101, 201)");
    }
  }
}
