package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutates the files of the specification for some seconds: nothing crashes, hangs or disagrees.
 *
 * <p>{@code -Dbactrian.fuzz.seconds=600} for the long round, {@code -Dbactrian.fuzz.seed} to see
 * one again.
 */
@Timeout(3600)
final class FuzzTest {
  private static final long SECONDS = Long.getLong("bactrian.fuzz.seconds", 5);
  private static final long SEED = Long.getLong("bactrian.fuzz.seed", System.nanoTime());
  private static final byte[] MARKS = {
    0x0b,
    '\f',
    0x0e,
    ',',
    '"',
    '\n',
    '\r',
    ';',
    '#',
    '\\',
    'a',
    ' ',
    0,
    -1,
    (byte) 0xc3,
    (byte) 0xa9,
    '\t',
    '\''
  };

  private final Random random = new Random(SEED);
  private final List<byte[]> seeds = SpecCase.all().map(SpecCase::bytes).toList();
  private final List<Dialect> dialects =
      List.of(
          dialect(Map.of()),
          dialect(Map.of("quotes", "strict")),
          dialect(Map.of("quotes", "lenient", "keep_blank_lines", true)),
          dialect(Map.of("escape", "\\", "comment", "#")),
          dialect(Map.of("escape", "\\", "quotes", "lenient")),
          dialect(Map.of("escape", "\\", "quotes", "strict")),
          dialect(Map.of("delimiter", ";", "quote", "'")),
          dialect(Map.of("delimiter", "tab")),
          dialect(Map.of("quote", "none", "charset", "ISO-8859-1")),
          dialect(Map.of("charset", "windows-1252", "max_record_bytes", 20)));

  @Test
  void mutatedFilesReadTheSameInEveryWay() throws IOException {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    long files = 0;
    while (System.nanoTime() < end) {
      check(mutated(), dialects.get(random.nextInt(dialects.size())));
      files++;
    }
    assertThat(files).isPositive();
    System.out.printf("fuzz: %d files in %d s, seed %d%n", files, SECONDS, SEED);
  }

  private void check(byte[] file, Dialect dialect) throws IOException {
    int block = 1 + random.nextInt(file.length + 8);
    String about =
        "seed %d, %s, blocks of %d bytes, file %s"
            .formatted(SEED, dialect.toMap(), block, HexFormat.of().formatHex(file));
    Readings.Reading serial = Readings.serial(file, dialect);
    Readings.Reading planned = Readings.planned(file, dialect, block);
    Readings.Reading views = Readings.views(file, dialect, block);
    boolean malformed =
        serial.fault().filter(fault -> !fault.equals(Readings.NOT_IN_THE_DIALECT)).isPresent();
    if (!malformed) { // which the planner does not look for
      assertThat(planned.fault()).as(about).isEqualTo(serial.fault());
    }
    if (serial.fault().isEmpty()) {
      assertThat(planned.shape()).as(about).isEqualTo(serial.shape());
    }
    boolean tooLong = serial.fault().isPresent() && dialect.maxRecordBytes() < file.length;
    if (!tooLong) { // a view does not mind how long a planned record is
      assertThat(views).as(about).isEqualTo(serial);
    }
  }

  private byte[] mutated() {
    byte[] file = seeds.get(random.nextInt(seeds.size()));
    if (random.nextInt(4) == 0) {
      file = joined(file, seeds.get(random.nextInt(seeds.size())));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      file = mutated(file);
    }
    return file;
  }

  private byte[] mutated(byte[] file) {
    int at = random.nextInt(file.length + 1);
    byte[] before = Arrays.copyOf(file, at);
    byte[] after = Arrays.copyOfRange(file, at, file.length);
    return switch (random.nextInt(4)) {
      case 0 -> joined(joined(before, new byte[] {MARKS[random.nextInt(MARKS.length)]}), after);
      case 1 ->
          after.length == 0 ? before : joined(before, Arrays.copyOfRange(after, 1, after.length));
      case 2 -> joined(after, before);
      default -> joined(before, joined(new byte[] {(byte) random.nextInt(256)}, after));
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Dialect dialect(Map<String, Object> given) {
    var map = new HashMap<>(given);
    map.put("header", false);
    return Dialect.fromMap(map);
  }
}
