package io.bactrian.cli;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.DialectGuess;
import io.bactrian.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dialect that was asked for, and what the file looks like.
 *
 * @param file the file
 * @param asked in which it is read
 * @param guess what it looks like
 * @param again the command that reads it by the guess
 */
record GuessReport(Path file, Dialect asked, DialectGuess guess, List<String> again) {

  private boolean differs() {
    return !guess.dialect().equals(asked);
  }

  Map<String, Object> document() {
    var guessed = new LinkedHashMap<String, Object>();
    guessed.put("dialect", guess.dialect().toMap());
    guessed.put("reasons", guess.reasons());
    if (differs()) {
      guessed.put("command", ShellCommand.of(again));
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("file", file.toString());
    document.put("dialect", asked.toMap());
    document.put("guess", guessed);
    return document;
  }

  void print(Facts facts) {
    facts
        .add("file", file.toString())
        .add("dialect", Json.write(asked.toMap()))
        .add("guess", reasons());
    if (differs()) {
      facts.add("to read it so", ShellCommand.of(again));
    }
  }

  private List<String> reasons() {
    Map<String, Object> guessed = guess.dialect().toMap();
    var lines = new ArrayList<String>();
    guess
        .reasons()
        .forEach(
            (part, reason) ->
                lines.add(
                    "%s %s: %s".formatted(part, DialectOptions.word(guessed.get(part)), reason)));
    return lines;
  }
}
