package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan} says of a file that is, and of one that is not, as it was thought to be. */
final class PlanCommandTest {
  private static final String GERMAN = "Größe;Name\n1;\"Thé\" vert\n2;Café\n";

  @TempDir private Path folder;

  @Test
  void theRangesAreInTheWordsOfACursor() {
    JsonNode document =
        Json.readTree(run("plan", "fixtures/products.csv", "--max-workers", "3", "--json").out());

    assertThat(document.get("records").asInt()).isEqualTo(1000);
    assertThat(document.get("ranges").get(0).toString())
        .startsWith(
            "{\"start_cursor\":1,\"end_cursor\":335,\"batch_size\":334,\"start_offset\":85,");
  }

  @Test
  void itTellsItsGuessAndWhatIsRaggedOrMissing() throws IOException {
    Path file = file("name;size\nx;1\ny\nz;3\n");
    Cli.Outcome outcome =
        run("plan", file.toString(), "--delimiter", ";", "--columns", "name,sise");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .contains("delimiter ;: 3 of the first 4 records have 2 fields with it")
        .contains("ragged records  1; the first is record 2 at byte 14: found 1 fields; allowed: 2")
        .contains("problem         column sise is missing; did you mean 'size'?")
        .doesNotContain("to read it so");
  }

  @Test
  void aFileThatCannotBePlannedIsGuessedAllTheSame() throws IOException {
    Path file = file(GERMAN, StandardCharsets.ISO_8859_1);
    Cli.Outcome outcome = run("plan", file.toString(), "--columns", "Name");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("guess           charset windows-1252: the sample is text in it")
        .contains("delimiter ;: 3 of the first 3 records have 2 fields with it")
        .contains("quotes lenient: standard does not read the record at byte 11")
        .contains(
            "to read it so   ./bactrian plan %s --columns=Name --delimiter ';' --quotes lenient --charset windows-1252"
                .formatted(file))
        .doesNotContain("records  ", "ranges");
    assertThat(outcome.err()).startsWith("bactrian: %s: record 0 at byte 0".formatted(file));
  }

  @Test
  void theCommandOfTheGuessReadsTheFile() throws IOException {
    Path file = file(GERMAN, StandardCharsets.ISO_8859_1);
    String command = failed(file).get("guess").get("command").asText();
    assertThat(command).startsWith("./bactrian plan " + file);

    String[] words = command.replace("'", "").split(" ", -1);
    Cli.Outcome outcome = run(Arrays.copyOfRange(words, 1, words.length));

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(Json.readTree(outcome.out()).get("header").toString())
        .isEqualTo("[\"Größe\",\"Name\"]");
    assertThat(Json.readTree(outcome.out()).get("guess").has("command")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,name\n1,\"b\n2,c\n",
        "\"id\"x,name\n1,b\n2,\"c\n",
      })
  void whereNoDialectReadsTheFileThereIsOnlyTheGuessAndTheError(String text) throws IOException {
    JsonNode document = failed(file(text));

    assertThat(document.get("guess").has("command")).isFalse();
    assertThat(document.get("guess").get("reasons").get("quotes").asText())
        .isEqualTo("no mode reads the sample to its end");
    assertThat(document.get("error").get("code").asText()).isEqualTo("unreadable");
    assertThat(document.get("error").get("message").asText()).contains("quote");
  }

  @Test
  void aFileThatIsReadOtherwiseThanItLooksNamesTheOptions() throws IOException {
    Path file = file("id\tname\n1\tb\n");
    Cli.Outcome outcome = run("plan", file.toString(), "--no-header");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .contains("delimiter tab: 2 of the first 2 records have 2 fields with it")
        .contains("to read it so   ./bactrian plan %s --delimiter tab".formatted(file))
        .doesNotContain("--no-header")
        .doesNotContain("\t");
  }

  @Test
  void recordsThatAreNoTextAreNotCountedAsEven() throws IOException {
    Path file = file("a,b\n1,2\né,3,4\n", StandardCharsets.ISO_8859_1);
    Cli.Outcome outcome = run("plan", file.toString());

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .contains("to read it so   ./bactrian plan %s --charset windows-1252".formatted(file))
        .contains("ragged records  not counted, see the problem")
        .contains("problem         %s: record 2 at byte 8".formatted(file));
    assertThat(plan(file)).doesNotContain("ragged_records");
  }

  @Test
  void controlCharactersOfAFileDoNotReachTheTerminal() throws IOException {
    Path file = file("id,\"na\tme\",\"re\u001b[31md\",\"\u009b\"\n1,2,3,4\n");
    Cli.Outcome outcome = run("plan", file.toString());

    assertThat(outcome.out()).contains("header          id, na\\tme, re\\u001b[31md, \\u009b");
    assertThat(outcome.out().replace("\n", "").chars()).noneMatch(Character::isISOControl);
    assertThat(Json.readTree(plan(file)).get("header").get(2).asText()).isEqualTo("re\u001b[31md");

    Cli.Outcome failed = run("plan", folder.resolve("n\u001b[2Jo.csv").toString());
    assertThat(failed.err()).contains("n\\u001b[2Jo.csv does not exist").doesNotContain("\u001b");
  }

  @Test
  void aCharsetThatNobodyKnowsIsToldWhichThereAre() throws IOException {
    assertThat(plan(file("a\n"), "--charset", "utf-ate"))
        .contains("charset is 'utf-ate'; allowed: [UTF-8, ISO-8859-1, US-ASCII, windows-1252]");
  }

  @ParameterizedTest
  @CsvSource({
    "quote, delimiter",
    "escape, delimiter",
    "escape, quote",
    "comment, delimiter",
    "comment, quote",
    "comment, escape"
  })
  void oneCharacterIsNotTwoMarks(String mark, String other) throws IOException {
    Path file = Files.writeString(folder.resolve("marks.csv"), "a\n");

    assertThat(plan(file, "--" + mark, "#", "--" + other, "#"))
        .contains(mark + " and " + other + " are both '#'; allowed: two different characters");
  }

  @Test
  void quotesAreAsStrictAsTheOptionSays() throws IOException {
    Path file = file("a\n\"x\"y\n5\" pipe\n");

    assertThat(plan(file, "--quotes", "lenient")).contains("\"records\":2");
    assertThat(plan(file, "--quotes", "standard")).contains("after a closing quote is 0x79");
    file("a\n5\" pipe\n");
    assertThat(plan(file)).contains("\"records\":1");
    assertThat(plan(file, "--quotes", "strict")).contains("is a quote inside a field");
    assertThat(plan(file, "--quotes", "lax")).contains("allowed: strict, standard, lenient");
  }

  @Test
  void aRunawayQuoteEndsAtTheLongestRecordAllowed() throws IOException {
    Path file = file("a\n\"x\n1\n2\n3\n4\n5\n6\n");

    assertThat(plan(file, "--max-record-bytes", "8"))
        .contains("the quote opened at byte 2 is not closed within max_record_bytes; allowed: 8");
  }

  private Path file(String text) throws IOException {
    return file(text, StandardCharsets.UTF_8);
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("file.csv"), text.getBytes(charset));
  }

  private static Cli.Outcome run(String... arguments) {
    return new Cli(Map.of()).runAlone(arguments);
  }

  /** The document of a plan that fails. */
  private static JsonNode failed(Path file) {
    Cli.Outcome outcome = run("plan", file.toString(), "--json");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("bactrian: " + file);
    return Json.readTree(outcome.out());
  }

  /** What {@code plan} prints; what it says where it fails. */
  private static String plan(Path file, String... options) {
    var arguments = new ArrayList<>(List.of("plan", file.toString(), "--json"));
    arguments.addAll(List.of(options));
    Cli.Outcome outcome = run(arguments.toArray(String[]::new));
    return outcome.exit() == 0 ? outcome.out() : outcome.err();
  }
}
