package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NumberBytesTest {
  private static final Pattern NUMBER =
      Pattern.compile("[\\x00- ]*[+-]?[0-9]+(\\.[0-9]+)?[\\x00- ]*");
  private static final String ALPHABET = "0123456789..,+-: /;a\u007f\u00e9";
  private final Scaled read = new Scaled();
  private final ByteSlice slice = new ByteSlice();

  @Test
  void everyShortTextOfDigitsPointAndSignIsReadAsTheGrammarSays() {
    for (int length = 0; length <= 6; length++) {
      texts(new char[length], 0, "09.-");
    }
  }

  private void texts(char[] text, int at, String alphabet) {
    if (at == text.length) {
      check(new String(text));
      return;
    }
    for (int i = 0; i < alphabet.length(); i++) {
      text[at] = alphabet.charAt(i);
      texts(text, at + 1, alphabet);
    }
  }

  @Test
  void randomTextsAreReadAsTheGrammarSays() {
    var random = new Random(7);
    for (int i = 0; i < 300_000; i++) {
      var text = new StringBuilder();
      int length = random.nextInt(22);
      int kinds = random.nextInt(4) == 0 ? ALPHABET.length() : 11;
      for (int j = 0; j < length; j++) {
        text.append(ALPHABET.charAt(random.nextInt(kinds)));
      }
      check(text.toString());
    }
  }

  private void check(String text) {
    boolean number = NUMBER.matcher(text).matches();
    for (String before : new String[] {"", "7,", "12345.78,", "99999999999"}) {
      byte[] bytes =
          (before + text + ",5" + "6.".repeat(Words.PADDING)).getBytes(StandardCharsets.UTF_8);
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      slice.set(bytes, before.length(), length);

      assertThat(NumberBytes.decimal(slice, read))
          .as("'%s' after '%s'", text, before)
          .isEqualTo(number);
      if (number) {
        assertThat(read.toBigDecimal()).as(text).isEqualTo(new BigDecimal(text.strip()));
      }
      assertThat(NumberBytes.integer(slice, read))
          .as("'%s' after '%s'", text, before)
          .isEqualTo(number && text.indexOf('.') < 0);
    }
  }
}
