package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file over {@code a , " LF CR é} up to some bytes, cut everywhere: the planner in parallel
 * blocks, the views, the byte by byte reader and commons-csv agree. Where commons-csv differs is
 * said in docs/csv.md, and here in {@link #commonsCsvDefines}.
 *
 * <p>Up to 7 bytes; the profile {@code long} takes 9.
 */
final class SmallFilesTest {
  private static final int LONGEST = Integer.getInteger("bactrian.small-files", 7);
  private static final int SHARED = 3;
  private static final List<byte[]> LETTERS =
      Stream.of("a", ",", "\"", "\n", "\r", "é")
          .map(letter -> letter.getBytes(StandardCharsets.UTF_8))
          .toList();

  @ParameterizedTest
  @MethodSource("dialects")
  void everySmallFileReadsTheSameInEveryWay(Map<String, Object> map) {
    Dialect dialect = Dialect.fromMap(map);
    var beginnings = new ArrayList<byte[]>();
    add(new byte[0], beginnings);
    long files =
        beginnings.parallelStream().mapToLong(beginning -> check(beginning, dialect)).sum();

    assertThat(files).isEqualTo(count(LONGEST));
  }

  static List<Map<String, Object>> dialects() {
    return List.of(
        Map.of("header", false),
        Map.of("header", false, "quotes", "strict"),
        Map.of("header", false, "quotes", "lenient", "keep_blank_lines", true),
        Map.of("header", false, "quote", "none", "comment", "a"));
  }

  /** How many files have so many bytes at most: five letters have one, one has two. */
  private static long count(int longest) {
    long before = 0;
    long exactly = 1;
    long all = 1;
    for (int length = 1; length <= longest; length++) {
      long next = 5 * exactly + before;
      before = exactly;
      exactly = next;
      all += exactly;
    }
    return all;
  }

  private static void add(byte[] file, List<byte[]> beginnings) {
    beginnings.add(file);
    if (file.length < SHARED) {
      LETTERS.forEach(letter -> add(joined(file, letter), beginnings));
    }
  }

  /** Checks a file and, unless others do, all that begin with it; answers how many those were. */
  private static long check(byte[] file, Dialect dialect) {
    if (file.length > LONGEST) {
      return 0;
    }
    checkFile(file, dialect);
    long files = 1;
    if (file.length >= SHARED) {
      for (byte[] letter : LETTERS) {
        files += check(joined(file, letter), dialect);
      }
    }
    return files;
  }

  private static void checkFile(byte[] file, Dialect dialect) {
    try {
      Readings.Reading serial = Readings.serial(file, dialect);
      for (int block = 1; block <= Math.max(1, file.length); block++) {
        checkCut(file, dialect, serial, block);
      }
      Readings.Reading commonsCsv = Readings.commonsCsv(file, dialect);
      boolean same =
          commonsCsv.fault().equals(serial.fault())
              && (serial.fault().isPresent() || commonsCsv.records().equals(serial.records()));
      if (!same && commonsCsvDefines(dialect, serial)) {
        assertThat(serial)
            .as("%s in %s, serially", text(file), dialect.toMap())
            .isEqualTo(commonsCsv);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** commons-csv has no strict quotes: it reads on where we say that there is a stray one. */
  private static boolean commonsCsvDefines(Dialect dialect, Readings.Reading serial) {
    return dialect.quotes() != Quotes.STRICT || serial.fault().isEmpty();
  }

  private static void checkCut(byte[] file, Dialect dialect, Readings.Reading serial, int block)
      throws IOException {
    Readings.Reading planned = Readings.planned(file, dialect, block);
    Readings.Reading views = Readings.views(file, dialect, block);
    boolean same =
        planned.fault().equals(serial.fault())
            && (serial.fault().isPresent() || planned.shape().equals(serial.shape()))
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

  private static byte[] joined(byte[] file, byte[] letter) {
    byte[] both = Arrays.copyOf(file, file.length + letter.length);
    System.arraycopy(letter, 0, both, file.length, letter.length);
    return both;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8).replace("\n", "<LF>").replace("\r", "<CR>");
  }
}
