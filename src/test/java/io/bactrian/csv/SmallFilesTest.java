package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file over {@code a , " LF CR é} up to some bytes, cut everywhere: all ways of reading
 * agree.
 *
 * <p>Up to 7 bytes; {@code -Dbactrian.small-files=9} for the long round.
 */
final class SmallFilesTest {
  private static final int LONGEST = Integer.getInteger("bactrian.small-files", 7);
  private static final List<byte[]> LETTERS =
      Stream.of("a", ",", "\"", "\n", "\r", "é")
          .map(letter -> letter.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final byte[] bytes = new byte[LONGEST];
  private long files;

  @ParameterizedTest
  @MethodSource("dialects")
  void everySmallFileReadsTheSameInEveryWay(Map<String, Object> dialect) throws IOException {
    check(Dialect.fromMap(dialect), 0);
    assertThat(files).isGreaterThan(10_000);
  }

  static List<Map<String, Object>> dialects() {
    return List.of(
        Map.of("header", false),
        Map.of("header", false, "quotes", "strict"),
        Map.of("header", false, "quotes", "lenient", "keep_blank_lines", true),
        Map.of("header", false, "quote", "none", "comment", "a"));
  }

  private void check(Dialect dialect, int length) throws IOException {
    checkFile(Arrays.copyOf(bytes, length), dialect);
    for (byte[] letter : LETTERS) {
      if (length + letter.length <= LONGEST) {
        System.arraycopy(letter, 0, bytes, length, letter.length);
        check(dialect, length + letter.length);
      }
    }
  }

  private void checkFile(byte[] file, Dialect dialect) throws IOException {
    files++;
    Readings.Reading serial = Readings.serial(file, dialect);
    for (int block = 1; block < Math.max(2, file.length); block++) {
      Readings.Reading planned = Readings.planned(file, dialect, block);
      Readings.Reading views = Readings.views(file, dialect, block);
      boolean same =
          planned.fault() == serial.fault()
              && (serial.fault() || planned.shape().equals(serial.shape()))
              && views.equals(serial);
      if (!same) {
        assertThat(views)
            .as("views of %s in %s, windows of %d bytes", text(file), dialect.toMap(), block)
            .isEqualTo(serial);
        assertThat(List.of(planned.fault(), planned.shape()))
            .as("plan of %s in %s, blocks of %d bytes", text(file), dialect.toMap(), block)
            .isEqualTo(List.of(serial.fault(), serial.shape()));
      }
    }
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8).replace("\n", "<LF>").replace("\r", "<CR>");
  }
}
