package io.bactrian.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.csv.Chunk;
import io.bactrian.csv.CsvException;
import io.bactrian.csv.CsvRecord;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.RangeReader;
import io.bactrian.csv.RecordView;
import io.bactrian.csv.RecordViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Views and maps of the same products give the same figures, or the same first bad field. */
final class ViewTotalsProperties {
  private static final String HEADER = "title,category,price,rating,stock\n";

  @Property(tries = 300)
  void viewsAndMapsGiveTheSameFigures(@ForAll("lines") List<String> lines) throws IOException {
    Path file = Files.createTempFile("products", ".csv");
    Files.writeString(file, HEADER + String.join("", lines));
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    try (RangeReader reader = RangeReader.open(plan, plan.range(1, plan.recordCount() + 1))) {
      Chunk chunk = reader.next(1_000, 1 << 20).orElseThrow();
      assertThat(ofViews(chunk)).isEqualTo(ofMaps(plan.header(), chunk));
    } finally {
      Files.delete(file);
    }
  }

  private static Map<String, Object> ofViews(Chunk chunk) {
    RecordViews records = chunk.views();
    var totals = new ViewTotals(records, chunk.dialect().charset());
    try {
      for (RecordView product : records) {
        totals.add(product);
      }
      return totals.totals().toMap();
    } catch (CsvException e) {
      return Map.of("bad", String.valueOf(e.getMessage()).replaceFirst(".*byte [0-9]+: ", ""));
    }
  }

  private static Map<String, Object> ofMaps(List<String> header, Chunk chunk) {
    var totals = new InventoryTotals();
    for (CsvRecord found : chunk.records()) {
      var map = new HashMap<String, String>();
      for (int i = 0; i < header.size(); i++) {
        map.put(header.get(i), found.fields().get(i));
      }
      try {
        totals.add(Product.of(found.ordinal(), map));
      } catch (BadField e) {
        return Map.of(
            "bad",
            "column %s: found '%s'; allowed: %s".formatted(e.column(), e.found(), e.allowed()));
      }
    }
    return totals.toMap();
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> text =
        Arbitraries.of("lamp", "\"lamp, red\"", "\"say \"\"hi\"\"\"", "", "茶碗", "\"two\nlines\"");
    Arbitrary<String> category = Arbitraries.of("a", "b", "\"a\"", "\"b,c\"", "é", "");
    Arbitrary<String> decimal =
        Arbitraries.of(
            "0",
            "1",
            "12.5",
            "12.50",
            " 7.125 ",
            "-3.1",
            "+4",
            "\"8.80\"",
            "2500.99",
            "0.000001",
            "999999999999999999",
            "12345678901234567890.12",
            "\"\t9.9\"");
    Arbitrary<String> bad = Arbitraries.of("", "x", "1e3", "1.", ".5", "1,5", "--1", "1 2");
    Arbitrary<String> number =
        Arbitraries.frequencyOf(Tuple.of(60, decimal), Tuple.of(1, bad.map(b -> '"' + b + '"')));
    Arbitrary<String> whole =
        Arbitraries.frequencyOf(
            Tuple.of(60, Arbitraries.of("0", "1", "499", " 12", "-2", "99999999999999999999")),
            Tuple.of(1, Arbitraries.of("1.0", "", "many")));
    return Combinators.combine(text, category, number, number, whole)
        .as((t, c, p, r, s) -> String.join(",", t, c, p, r, s) + "\n")
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }
}
