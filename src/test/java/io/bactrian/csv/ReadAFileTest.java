package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The Java example of docs/csv.md: the package alone, in parallel. */
final class ReadAFileTest {

  @Test
  void aProgramAddsUpAFileInParallel() {
    Plan plan = Planner.plan(Path.of("fixtures/products.csv"), Dialect.rfc4180());

    BigDecimal total =
        plan.ranges(200, 4).parallelStream()
            .map(range -> total(plan, range))
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(plan.recordCount()).isEqualTo(1000);
    assertThat(total).isEqualTo(new BigDecimal("161613510.32"));
  }

  private static BigDecimal total(Plan plan, Range range) {
    var sum = new ScaledSum();
    var price = new Scaled();
    var stock = new Scaled();
    try (RangeReader reader = RangeReader.open(plan, range)) {
      while (reader.hasNext()) {
        Chunk chunk = reader.next(100_000, 64 << 20).orElseThrow();
        RecordViews records = chunk.views();
        int priceColumn = records.column("price");
        int stockColumn = records.column("stock");
        for (RecordView product : records) {
          product.decimal(priceColumn, price);
          product.integer(stockColumn, stock);
          sum.addProduct(price, stock);
        }
        chunk.after(); // at the end of the range: its bytes were the planned ones
      }
    }
    return sum.toBigDecimal();
  }

  @Test
  void aViewShowsNothingOfOthersWhenItsReaderIsClosed() {
    Plan plan = Planner.plan(Path.of("fixtures/products.csv"), Dialect.rfc4180());
    Range range = plan.range(1, 11);
    RangeReader reader = RangeReader.open(plan, range);
    RecordView view = reader.next(10, 1 << 20).orElseThrow().views().iterator().next();
    String first = view.text(0);
    reader.close();
    reader.close();

    try (RangeReader other = RangeReader.open(plan, range);
        RangeReader another = RangeReader.open(plan, plan.range(11, 21))) {
      assertThat(other.next(10, 1 << 20).orElseThrow().views().iterator().next().text(0))
          .isEqualTo(first);
      assertThat(another.next(10, 1 << 20).orElseThrow().views().iterator().next().text(0))
          .isEqualTo("11");
    }
    assertThat(view.next()).isFalse();
    assertThatThrownBy(() -> view.text(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void slicesOfOneRecordStandSideBySide() throws Exception {
    Path file = Files.createTempFile("slices", ".csv");
    Files.writeString(file, "a,b\n\"x\"\"1\",\"y\"\"2longer\"\n");
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    try (RangeReader reader = RangeReader.open(plan, plan.range(1, 2))) {
      RecordView view = reader.next(1, 1 << 20).orElseThrow().views().iterator().next();
      var first = new ByteSlice();
      var second = new ByteSlice();
      view.slice(0, first);
      view.slice(1, second);

      assertThat(view.text(1)).isEqualTo("y\"2longer");
      assertThat(first.text(StandardCharsets.UTF_8)).isEqualTo("x\"1");
      assertThat(second.text(StandardCharsets.UTF_8)).isEqualTo("y\"2longer");
    }
  }

  @Test
  void raggedRecordsAreCounted() throws Exception {
    Path file = Files.createTempFile("ragged", ".csv");
    Files.writeString(file, "a,b\n1,2\n3\n4,5\n6,7,8\n");

    assertThat(RaggedRecords.find(Planner.plan(file, Dialect.rfc4180())))
        .contains(new RaggedRecords(2, 2, 8, 1, 2));
  }
}
