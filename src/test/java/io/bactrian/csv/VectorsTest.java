package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Scanners with vectors find what those with words find. The build starts tests with the module.
 */
class VectorsTest {
  private static final List<Dialect> DIALECTS =
      List.of(
          Dialect.rfc4180(),
          Dialect.fromMap(Map.of("quotes", "strict")),
          Dialect.fromMap(Map.of("quotes", "lenient", "delimiter", ";")),
          Dialect.fromMap(Map.of("quote", "none", "keep_blank_lines", true)),
          Dialect.fromMap(Map.of("delimiter", "tab")),
          Dialect.fromMap(Map.of("comment", "#", "escape", "\\")));

  /** With control characters that words take for line ends at first. */
  private static final String MARKS = ",;\"\n\r\t\0\f\u000b\u000e#\\";

  @Test
  void everySmallPieceHasTheSameFields() {
    byte[] alphabet = {'a', ',', '"', '\n', '\r', '\f'};
    for (int length = 0; length <= 6; length++) {
      byte[] bytes = new byte[length];
      for (long number = 0; number < Math.pow(alphabet.length, length); number++) {
        long rest = number;
        for (int i = 0; i < length; i++) {
          bytes[i] = alphabet[(int) (rest % alphabet.length)];
          rest /= alphabet.length;
        }
        agree(Dialect.rfc4180(), bytes, number % 2 == 0);
      }
    }
  }

  @Test
  void longPiecesHaveTheSameFieldsAndRecords() {
    var random = new Random(25);
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      int rare = 1 + random.nextInt(30);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] =
            (byte) (random.nextInt(rare) == 0 ? MARKS.charAt(random.nextInt(MARKS.length())) : 'x');
      }
      agree(DIALECTS.get(i % DIALECTS.size()), bytes, random.nextBoolean());
    }
  }

  @Test
  void aProcessUsesThemWhenTheyAreFasterThanWords() {
    assertThat(Vectors.available()).isEqualTo(Runtime.version().feature() >= 21);
  }

  private static void agree(Dialect dialect, byte[] bytes, boolean last) {
    assertThat(fields(Vectors.recordFields(dialect, 1), bytes, last))
        .as("fields of %s, %s", Arrays.toString(bytes), dialect)
        .isEqualTo(fields(new RecordFields(dialect, 1), bytes, last));
    assertThat(records(Vectors.blockScanner(dialect), bytes, last))
        .as("records of %s, %s", Arrays.toString(bytes), dialect)
        .isEqualTo(records(new BlockScanner(dialect), bytes, last));
  }

  private static List<Integer> fields(RecordFields fields, byte[] bytes, boolean last) {
    fields.bytes(padded(bytes), 0, bytes.length, last);
    var found = new ArrayList<Integer>();
    int answer = fields.next();
    while (answer >= 0) {
      found.add(fields.recordStart());
      for (int i = 0; i < answer; i++) {
        found.add(fields.start(i));
        found.add(fields.end(i));
      }
      answer = fields.next();
    }
    found.add(answer);
    found.add(fields.nextStart());
    return found;
  }

  private static List<Integer> records(BlockScanner scanner, byte[] bytes, boolean last) {
    scanner.begin(0);
    scanner.bytes(padded(bytes), bytes.length, last);
    int answer = scanner.scan(bytes.length, Integer.MAX_VALUE);
    return List.of(
        answer,
        scanner.count(),
        scanner.first(),
        scanner.next(),
        scanner.recordsEnd(),
        scanner.longest(),
        scanner.strayQuotes());
  }

  private static byte[] padded(byte[] bytes) {
    byte[] padded = Arrays.copyOf(bytes, bytes.length + Words.PADDING);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ','); // what is behind does not count
    return padded;
  }
}
