package io.bactrian.cli;

import io.bactrian.csv.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a file is delimited; the default is RFC 4180. */
final class DialectOptions {
  /** The options of what {@link io.bactrian.csv.DialectGuess} guesses, by its keys. */
  private static final Map<String, String> GUESSED = new LinkedHashMap<>();

  static {
    GUESSED.put("delimiter", "--delimiter");
    GUESSED.put("quote", "--quote");
    GUESSED.put("quotes", "--quotes");
    GUESSED.put("charset", "--charset");
    GUESSED.put("header", "--no-header");
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "Between fields; or tab. Default: ,")
  private @Nullable String delimiter;

  @Option(names = "--quote", paramLabel = "C", description = "Around fields; or none. Default: \"")
  private @Nullable String quote;

  @Option(names = "--escape", paramLabel = "C", description = "Before a character taken literally.")
  private @Nullable String escape;

  @Option(names = "--charset", paramLabel = "NAME", description = "Of the text. Default: UTF-8")
  private @Nullable String charset;

  @Option(names = "--no-header", description = "The first record is data.")
  private boolean noHeader;

  @Option(
      names = "--comment",
      paramLabel = "C",
      description = "Lines that begin so are no records.")
  private @Nullable String comment;

  @Option(
      names = "--keep-blank-lines",
      description = "An empty line is a record of one empty field.")
  private boolean keepBlankLines;

  @Option(
      names = "--quotes",
      paramLabel = "MODE",
      description =
          "Quotes where RFC 4180 allows none: strict, standard, lenient. Default: standard")
  private @Nullable String quotes;

  @Option(
      names = "--max-record-bytes",
      paramLabel = "N",
      description = "Longest record; ends a runaway quote. Default: 16777216")
  private @Nullable Integer maxRecordBytes;

  /** What was given, as a task's context carries it; empty when nothing was. */
  Map<String, Object> given() {
    var given = new LinkedHashMap<String, Object>();
    put(given, "delimiter", delimiter);
    put(given, "quote", quote);
    put(given, "escape", escape);
    put(given, "charset", charset);
    put(given, "comment", comment);
    put(given, "header", noHeader ? false : null);
    put(given, "keep_blank_lines", keepBlankLines ? true : null);
    put(given, "quotes", quotes);
    put(given, "max_record_bytes", maxRecordBytes);
    dialect(given);
    return given;
  }

  Dialect dialect() {
    return dialect(given());
  }

  /** The command that was given, once more, with the options that {@code guess} needs. */
  List<String> again(Dialect guess) {
    Map<String, Object> usual = Dialect.rfc4180().toMap();
    Map<String, Object> guessed = guess.toMap();
    var words = new ArrayList<>(CommandWords.without(spec, GUESSED.values()));
    GUESSED.forEach(
        (key, option) -> {
          if (!Objects.equals(guessed.get(key), usual.get(key))) {
            words.add(option);
            if (!(guessed.get(key) instanceof Boolean)) {
              words.add(word(guessed.get(key)));
            }
          }
        });
    return words;
  }

  /** A value of a dialect as its option takes it. */
  static String word(@Nullable Object value) {
    return "\t".equals(value) ? "tab" : String.valueOf(value);
  }

  private Dialect dialect(Map<String, Object> given) {
    try {
      return Dialect.fromMap(given);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
