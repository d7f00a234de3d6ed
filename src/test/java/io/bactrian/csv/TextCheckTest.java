package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check, with words and with vectors, comes as far as Java's decoders do. */
class TextCheckTest {
  private static final int[] LEADS = {0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xf0, 0xf1, 0xf4, 0xf5};
  private static final int[] OTHERS = {'a', 0x7f, 0x80, 0x8d, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xff};

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "US-ASCII", "ISO-8859-1", "windows-1252"})
  void oddBytesAnywhereAreFoundWhereTheDecoderFindsThem(String name) {
    Charset charset = Charset.forName(name);
    for (int size = 0; size < 140; size++) {
      for (int at = Math.max(0, size - 70); at < size; at++) {
        for (int lead : LEADS) {
          byte[] bytes = new byte[size];
          Arrays.fill(bytes, (byte) 'a');
          bytes[at] = (byte) lead;
          for (int i = 1; i < 4 && at + i < size; i++) {
            bytes[at + i] = (byte) OTHERS[(lead + at * i) % OTHERS.length];
          }
          agree(charset, bytes);
        }
      }
    }
  }

  @Test
  void mixedTextIsTextAndOneChangedByteIsFound() {
    var random = new Random(3);
    List<String> letters = List.of("a", "word ", "é", "ñ", "ж", "€", "中", "\ud83d\ude00");
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      int kinds = 1 + random.nextInt(letters.size());
      for (int j = random.nextInt(120); j > 0; j--) {
        text.append(letters.get(random.nextInt(kinds)));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      agree(StandardCharsets.UTF_8, bytes);
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        agree(StandardCharsets.UTF_8, bytes);
      }
    }
  }

  private static void agree(Charset charset, byte[] bytes) {
    for (boolean last : new boolean[] {true, false}) {
      int wanted = decoded(charset, bytes, last);
      checks(charset)
          .forEach(
              check ->
                  assertThat(check.check(padded(bytes), 1, 1 + bytes.length, last))
                      .as("%s, last %s, %s", charset, last, HexFormat.of().formatHex(bytes))
                      .isEqualTo(wanted));
    }
  }

  private static Stream<TextCheck> checks(Charset charset) {
    return Stream.of(new TextCheck(charset), Vectors.textCheck(charset));
  }

  /** One byte before, which is none of the text, and padding that would go on with it. */
  private static byte[] padded(byte[] bytes) {
    byte[] padded = new byte[1 + bytes.length + Words.PADDING];
    Arrays.fill(padded, (byte) 0x80);
    padded[0] = (byte) 0xc3;
    System.arraycopy(bytes, 0, padded, 1, bytes.length);
    return padded;
  }

  private static int decoded(Charset charset, byte[] bytes, boolean last) {
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length + 2), last);
    int at = 1 + in.position();
    return result.isError() || isHalfSurrogate(charset, in) ? -1 - at : at;
  }

  /** Nothing makes the first two bytes of one a character; the decoder waits for the third. */
  private static boolean isHalfSurrogate(Charset charset, ByteBuffer rest) {
    return charset.equals(StandardCharsets.UTF_8)
        && rest.remaining() == 2
        && rest.get() == (byte) 0xed
        && rest.get() >= (byte) 0xa0;
  }
}
