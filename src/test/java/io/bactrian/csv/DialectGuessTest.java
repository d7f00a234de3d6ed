package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dialect of a file looks like, beside the one that was asked for. */
final class DialectGuessTest {
  @TempDir private Path folder;

  @Test
  void aLetterThatBeginsLikeAByteOrderMarkIsNone() throws IOException {
    DialectGuess guess = guess("ïd,b\n1,2\n3,4\n", StandardCharsets.ISO_8859_1, Map.of());

    assertThat(guess.reasons().get("delimiter"))
        .isEqualTo("3 of the first 3 records have 2 fields with it");
  }

  @Test
  void itSaysWhy() throws IOException {
    DialectGuess guess = guess("name;size;price\n'a;b';1;2,5\nc;2;3,5\n", Map.of());

    assertThat(guess.dialect().toMap())
        .containsAllEntriesOf(Map.of("delimiter", ";", "quote", "'", "header", true));
    assertThat(guess.reasons())
        .containsEntry("delimiter", "3 of the first 3 records have 3 fields with it")
        .containsOnlyKeys("charset", "delimiter", "quote", "quotes", "header");
  }

  @Test
  void whatWasAskedForStaysWhereNothingReadsTheFileBetter() throws IOException {
    Map<String, Object> asked =
        Map.of("delimiter", ";", "quote", "'", "charset", "ISO-8859-1", "comment", "|");

    DialectGuess guess = guess("name\na\nb\n", asked);

    assertThat(guess.dialect()).isEqualTo(Dialect.fromMap(asked));
    assertThat(guess.reasons()).containsEntry("delimiter", "no other divides the records");
  }

  @Test
  void aCharsetThatReadsTheSampleOtherwiseIsAnotherGuess() throws IOException {
    Map<String, Object> latin = Map.of("charset", "ISO-8859-1");

    assertThat(charset(guess("a,é\n1,2\n", latin))).isEqualTo("UTF-8");
    assertThat(charset(guess("a,é\n1,2\n", StandardCharsets.ISO_8859_1, latin)))
        .isEqualTo("ISO-8859-1");
    assertThat(charset(guess("a,€\n1,2\n", Charset.forName("windows-1252"), latin)))
        .isEqualTo("windows-1252");
    assertThat(charset(guess("a,é\n1,2\n", StandardCharsets.ISO_8859_1, Map.of())))
        .isEqualTo("windows-1252");
  }

  @Test
  void anotherQuoteCountsOnlyWhereAFieldBeginsWithIt() throws IOException {
    DialectGuess guess = guess("id,name\n1,\"b\n2,c\n3,d\n4,e\n", Map.of());

    assertThat(guess.dialect()).isEqualTo(Dialect.rfc4180());
    assertThat(guess.reasons()).containsEntry("quotes", "no mode reads the sample to its end");
  }

  @Test
  void quotesAreAsLenientAsTheSampleNeeds() throws IOException {
    DialectGuess lenient = guess("id;name\n1;\"Thé\" vert\n", Map.of());
    assertThat(lenient.dialect().quotes()).isEqualTo(Quotes.LENIENT);
    assertThat(lenient.reasons())
        .containsEntry("quotes", "standard does not read the record at byte 8");

    DialectGuess standard = guess("id,name\n1,5\" pipe\n", Map.of("quotes", "strict"));
    assertThat(standard.dialect().quotes()).isEqualTo(Quotes.STANDARD);
    assertThat(standard.reasons())
        .containsEntry("quotes", "strict does not read the record at byte 8");

    DialectGuess asked = guess("id,name\n1,\"x\"\n", Map.of("quotes", "strict"));
    assertThat(asked.dialect().quotes()).isEqualTo(Quotes.STRICT);
    assertThat(asked.reasons()).containsEntry("quotes", "the sample keeps to it");
  }

  @Test
  void aMarkThatWasAskedForIsNoDelimiter() throws IOException {
    DialectGuess guess = guess(";no\na|b\n;x\n1|2\n", Map.of("comment", ";"));

    assertThat(guess.dialect().toMap())
        .containsAllEntriesOf(Map.of("delimiter", "|", "comment", ";"));
    assertThat(guess.reasons())
        .containsEntry("delimiter", "2 of the first 2 records have 2 fields with it");
  }

  private DialectGuess guess(String text, Map<String, Object> asked) throws IOException {
    return guess(text, StandardCharsets.UTF_8, asked);
  }

  private DialectGuess guess(String text, Charset charset, Map<String, Object> asked)
      throws IOException {
    Path file = Files.write(folder.resolve("guess.csv"), text.getBytes(charset));
    return DialectGuess.of(file, Dialect.fromMap(asked));
  }

  private static Object charset(DialectGuess guess) {
    return guess.dialect().charset().name();
  }
}
