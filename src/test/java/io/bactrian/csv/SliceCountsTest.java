package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SliceCountsTest {
  @Test
  void contentsOfAllLengthsAreCountedApart() {
    var random = new Random(3);
    var counts = new SliceCounts();
    var expected = new TreeMap<String, Long>();
    var slice = new ByteSlice();
    for (int i = 0; i < 200_000; i++) {
      String text = text(random, random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(10));
      int before = random.nextInt(3);
      slice.set(padded("x".repeat(before) + text), before, text.length());
      counts.add(slice);
      expected.merge(text, 1L, Long::sum);
    }

    assertThat(counts.toMap(StandardCharsets.US_ASCII)).isEqualTo(expected);
  }

  @Test
  void contentsThatDifferInTheirMiddleAloneAreCountedApart() {
    var counts = new SliceCounts();
    var slice = new ByteSlice();
    for (String text : new String[] {"12345678a12345678", "12345678b12345678", "12345678\0"}) {
      byte[] bytes = padded(text);
      slice.set(bytes, 0, text.length());
      counts.add(slice);
      slice.set(bytes, 0, 8);
      counts.add(slice);
    }

    assertThat(counts.toMap(StandardCharsets.US_ASCII))
        .isEqualTo(
            Map.of(
                "12345678",
                3L,
                "12345678a12345678",
                1L,
                "12345678b12345678",
                1L,
                "12345678\0",
                1L));
  }

  @Test
  void aSliceThatWasNeverFilledIsTheEmptyContent() {
    var counts = new SliceCounts();
    counts.add(new ByteSlice());
    var slice = new ByteSlice();
    slice.set(padded(""), 0, 0);
    counts.add(slice);

    assertThat(counts.toMap(StandardCharsets.US_ASCII)).isEqualTo(Map.of("", 2L));
  }

  @Test
  void manyContentsAreCountedWhileTheTableGrows() {
    var counts = new SliceCounts();
    var expected = new TreeMap<String, Long>();
    var slice = new ByteSlice();
    for (int i = 0; i < 20_000; i++) {
      String text = Integer.toString(i % 7_000).repeat(1 + i % 7);
      slice.set(padded(text), 0, text.length());
      counts.add(slice);
      expected.merge(text, 1L, Long::sum);
    }

    assertThat(counts.toMap(StandardCharsets.US_ASCII)).isEqualTo(expected);
  }

  private static byte[] padded(String text) {
    return (text + "y".repeat(Words.PADDING)).getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab\0".charAt(random.nextInt(3)));
    }
    return text.toString();
  }
}
