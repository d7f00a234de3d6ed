package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A field is the same number as its text is, whatever marks the dialect has. */
final class RecordViewTest {
  private static final Pattern NUMBER =
      Pattern.compile("[\\x00- ]*[+-]?[0-9]+(\\.[0-9]+)?[\\x00- ]*");
  private static final byte[] BYTES =
      """
      5125,.12.,11,1.1,5.55
      0,1,12,123,1234,12345,123456,1234567,12345678,123456789,1234567890123456789
      0.1,12.34,12345.67,.5,5.,1..2,1.2.3,-1.5,+7, 8.25 ,1e3,x,,1 2
      "1","12.50",512,5125,"1.""2",1.5,"x",9.9,.,5,1
      77.5"""
          .getBytes(StandardCharsets.UTF_8);

  static List<Map<String, Object>> dialects() {
    return List.of(
        Map.of("header", false),
        Map.of("header", false, "quote", "none"),
        Map.of("header", false, "quote", "5", "quotes", "lenient"),
        Map.of("header", false, "quote", ".", "quotes", "lenient"),
        Map.of("header", false, "quote", "none", "escape", "."),
        Map.of("header", false, "quote", "none", "escape", "1"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void numbersAreReadAsTheTextSays(Map<String, Object> dialect) {
    for (int block = 1; block <= BYTES.length; block++) {
      var window = new ChunkWindow(new MemoryChannel(BYTES), Dialect.fromMap(dialect), block);
      var view =
          new RecordView(Path.of("bytes.csv"), Dialect.fromMap(dialect), List.of(), false, window);
      window.begin(0, BYTES.length);
      view.begin(1);
      while (view.next()) {
        for (int column = 0; column < view.fieldCount(); column++) {
          check(view, column);
        }
      }
    }
  }

  private static void check(RecordView view, int column) {
    String text = view.text(column);
    var read = new Scaled();
    if (!NUMBER.matcher(text).matches()) {
      assertThatThrownBy(() -> view.decimal(column, read))
          .isInstanceOf(CsvException.class)
          .hasMessageContaining("found '%s'", text);
      assertThatThrownBy(() -> view.integer(column, read)).isInstanceOf(CsvException.class);
      return;
    }
    view.decimal(column, read);
    assertThat(read.toBigDecimal()).isEqualTo(new BigDecimal(text.strip()));
    if (text.indexOf('.') < 0) {
      view.integer(column, read);
      assertThat(read.toBigDecimal()).isEqualTo(new BigDecimal(text.strip()));
    } else {
      assertThatThrownBy(() -> view.integer(column, read)).isInstanceOf(CsvException.class);
    }
  }
}
